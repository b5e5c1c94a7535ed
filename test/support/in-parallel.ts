/** Runs jobs, so many at a time, and answers their results in the order of the jobs. */
export async function inParallel<T>(
  width: number,
  jobs: readonly (() => Promise<T>)[],
): Promise<T[]> {
  const done: T[] = new Array(jobs.length)
  let next = 0
  const worker = async () => {
    for (let mine = next++; mine < jobs.length; mine = next++)
      done[mine] = await (jobs[mine] as () => Promise<T>)()
  }
  await Promise.all(Array.from({ length: width }, worker))
  return done
}
