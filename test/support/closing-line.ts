import type { Reporter, SerializedError, TestModule } from 'vitest/node'

/** Prints the counts of the whole run as its last line. */
export default class ClosingLine implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], errors: readonly SerializedError[] = []): void {
    const line = closingLine(modules.map((module) => ({
      failed: module.state() === 'failed', tests: [...module.children.allTests()].map((test) => test.result().state),
    })), errors.length)
    // After the other reporters' words.
    setImmediate(() => process.stdout.write(`\n${line}\n`))
  }
}

/**
 * `N passed, N failed`, and `, N skipped` where some were. A file that failed without a failed test (it does not load,
 * or what comes before its tests broke) counts as one, and so does an error that no test caught: it is never told as well.
 */
export function closingLine(modules: readonly { readonly failed: boolean; readonly tests: readonly string[] }[], errors = 0): string {
  const tests = modules.flatMap((module) => module.tests)
  const count = (state: string) => tests.filter((test) => test === state).length
  const broken = modules.filter((module) => module.failed && !module.tests.includes('failed')).length
  const skipped = tests.length - count('passed') - count('failed')
  return `${count('passed')} passed, ${count('failed') + broken + errors} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`
}
