import { describe, expect, it } from 'vitest'
import { appealStates } from '../../regulation/appeal-case.ts'
import type { Action } from '../../regulation/appeal-facts.ts'
import { lifecycle } from '../../regulation/lifecycle.ts'
import { rolesFor } from '../../scripts/permissions.ts'

describe('docs/permissions.md', () => {
  it('leaves no step of the lifecycle out: each has somebody in every state it starts from, and nobody in the others', () => {
    // These need a task under way, and while one is under way no resolution is awaited (п. 11.6.9).
    const onlyWithTask = ['name_executor', 'contribute', 'request_extension'].map((action) => `${action} in on_resolution: nobody`)
    const wrong = (Object.keys(lifecycle) as Action[]).flatMap((action) => appealStates
      .filter((state) => (rolesFor(action, state).length > 0) !== lifecycle[action].from.includes(state))
      .map((state) => `${action} in ${state}: ${rolesFor(action, state).join(', ') || 'nobody'}`))
    expect(wrong).toEqual(onlyWithTask)
  })

  it('lets observers act on nothing (п. 4.6)', () => {
    const all = (Object.keys(lifecycle) as Action[]).flatMap((action) => appealStates.flatMap((state) => rolesFor(action, state)))
    expect(all).not.toContain('quality lead')
    expect(new Set(all)).toEqual(new Set([
      'applicant', 'system', 'contact centre head', 'contact centre agent', 'executive', 'unit head', 'lawyer',
      'executor', 'co executor', 'controller', 'specialist of the subsidiary',
      'head of the quality group', 'keeper of the original',
    ]))
  })
})
