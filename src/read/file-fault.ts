const FAULTS: Readonly<Record<string, string>> = {
  ENOENT: 'no such file or folder',
  ENOTDIR: 'a path through something that is no folder',
  EACCES: 'no permission',
  EPERM: 'no permission',
  EISDIR: 'a directory',
  ENAMETOOLONG: 'a name that is too long',
};

/** What went wrong with a file, in words. */
export function fileFault({ code, message }: NodeJS.ErrnoException): string {
  return code === undefined ? message : (FAULTS[code] ?? code);
}
