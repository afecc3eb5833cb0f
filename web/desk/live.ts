import { refresh } from './card/refresh.ts'
import { queryClient } from './client.ts'

/** Follows the server's word of changes: whatever is on screen and touched by one is asked for anew. */
export function followLive(): () => void {
  const source = new EventSource('/api/v1/live')
  const touched = new Set<number>()
  let waiting: ReturnType<typeof setTimeout> | undefined
  let wasAway = false
  source.addEventListener('changed', (event) => {
    touched.add((JSON.parse((event as MessageEvent<string>).data) as { appeal: number }).appeal)
    // A burst of changes asks once.
    waiting ??= setTimeout(() => {
      waiting = undefined
      for (const appealId of touched) void refresh(appealId)
      touched.clear()
    }, 150)
  })
  source.addEventListener('error', () => { wasAway = true })
  // What happened while the line was down was not told: everything on screen is asked for anew.
  source.addEventListener('open', () => {
    if (wasAway) void queryClient.invalidateQueries()
    wasAway = false
  })
  return () => {
    clearTimeout(waiting)
    source.close()
  }
}
