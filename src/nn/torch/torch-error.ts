import { InputError } from '../../core/errors.js';

/** What is wrong with the bytes of a file. */
export function malformed(rule: string): InputError {
  return new InputError('malformed-file', `fromTorch: ${rule}; the file is damaged or was not written by torch.save`);
}

/** What a sound file holds and this reader does not build. */
export function refused(what: string): InputError {
  return new InputError(
    'unknown-name',
    `fromTorch: builds tensors, parameters, numbers, text, bytes, lists, tuples and dictionaries only, got ${what}; ` +
      'save the weights alone: torch.save(model.state_dict(), FILE), or as safetensors',
  );
}
