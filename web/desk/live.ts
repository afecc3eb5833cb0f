import { queryClient, api } from './client.ts'

/** Follows the server's word of changes: whatever is on screen and touched by one is asked for anew. */
export function followLive(): () => void {
  const source = new EventSource('/api/v1/live')
  let waiting: ReturnType<typeof setTimeout> | undefined
  const touched = new Set<number>()
  source.addEventListener('changed', (event) => {
    touched.add((JSON.parse((event as MessageEvent<string>).data) as { appeal: number }).appeal)
    // A burst of changes asks once.
    waiting ??= setTimeout(() => {
      waiting = undefined
      void queryClient.invalidateQueries({ queryKey: api.work.key() })
      void queryClient.invalidateQueries({ queryKey: api.appeals.allAppeals.key() })
      for (const appealId of touched) void queryClient.invalidateQueries({ queryKey: api.appeals.card.key({ input: { appealId } }) })
      touched.clear()
    }, 150)
  })
  return () => {
    clearTimeout(waiting)
    source.close()
  }
}
