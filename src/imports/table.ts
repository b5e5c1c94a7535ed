// biome-ignore lint/complexity/noBannedTypes: filled by the wing
export type ImportTables = {}
