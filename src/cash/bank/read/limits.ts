/** Movements and their parts in one file. More than a bank sends in a day; split longer histories. */
export const LINES_MAX = 50_000

/** What a zip may hold, so that a small file cannot become a large one. */
export const zipLimits = {
  entriesMax: 1_000,
  bytesMax: 200 * 1_048_576,
  /** One entry is in memory at a time, and with it the text that is made of it. */
  entryBytesMax: 50 * 1_048_576,
  /** An entry may be this many times its compressed size, once it is larger than `ratioFreeBytes`. */
  ratioMax: 200,
  ratioFreeBytes: 1_048_576,
} as const
