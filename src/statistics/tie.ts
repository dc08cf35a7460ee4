/**
 * Numbers that differ by no more than this share are equal but for rounding: sums and means depend on the
 * order of rows in their last digits, and that must not decide which of them is the least.
 */
export const TIE = 1e-12;
