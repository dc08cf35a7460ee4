const FAULTS: Readonly<Record<string, string>> = {
  ENOENT: 'no such file or folder',
  ENOTDIR: 'a path through something that is no folder',
  EACCES: 'no permission',
  EPERM: 'no permission',
  EROFS: 'a disk that is read-only',
  EISDIR: 'a directory',
  ENAMETOOLONG: 'a name that is too long',
  ELOOP: 'a link that leads back to itself',
  ENOSPC: 'no space left on the disk',
  EDQUOT: 'no space left in the quota',
  EFBIG: 'a file that is too large',
  EIO: 'a disk that fails',
  EBUSY: 'a file that is in use',
  EMFILE: 'too many open files',
};

/** What went wrong with a file, in words. */
export function fileFault({ code, message }: NodeJS.ErrnoException): string {
  return code === undefined ? message : (FAULTS[code] ?? code);
}
