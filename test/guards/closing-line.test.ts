import { expect, it } from 'vitest'
import { closingLine } from '../support/closing-line.ts'

it('the closing line counts what passed, failed and was skipped', () => {
  expect(closingLine([{ failed: false, tests: ['passed', 'passed'] }])).toBe('2 passed, 0 failed')
  expect(closingLine([{ failed: true, tests: ['passed', 'failed', 'skipped'] }])).toBe('1 passed, 1 failed, 1 skipped')
})

it('the closing line never tells a broken run as well', () => {
  expect(closingLine([{ failed: true, tests: [] }]), 'a file that does not load').toBe('0 passed, 1 failed')
  expect(closingLine([{ failed: true, tests: ['skipped'] }]), 'a set-up that broke').toBe('0 passed, 1 failed, 1 skipped')
  expect(closingLine([{ failed: false, tests: ['passed'] }], 1), 'an error nobody caught').toBe('1 passed, 1 failed')
  expect(closingLine([{ failed: false, tests: ['pending'] }]), 'a test that never ran').toBe('0 passed, 0 failed, 1 skipped')
})
