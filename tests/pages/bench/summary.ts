// What was measured of something, beside what is promised of it.

export interface Summary {
  median: number;
  least: number | undefined;
  most: number | undefined;
  budget: number | null;
  held: boolean | null;
}

export function summary(all: number[], budget: number | undefined): Summary {
  const sorted = [...all].sort((one, other) => one - other);
  const median = sorted[Math.floor(sorted.length / 2)] ?? NaN;
  return { median, least: sorted[0], most: sorted.at(-1), budget: budget ?? null, held: budget === undefined ? null : median <= budget };
}
