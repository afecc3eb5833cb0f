import { api, queryClient } from '../client.ts'

/** After a step or another's change: whatever on screen shows this appeal, a queue or a list is asked for anew. */
export async function refresh(appealId: number): Promise<void> {
  const touched = [
    api.appeals.card.key({ input: { appealId } }), api.work.key(), api.appeals.allAppeals.key(), api.appeals.search.key(),
    api.appeals.similarAppeals.key(), api.messages.key(),
  ]
  // A refetch under way began before the change: it is given up for a new one.
  await Promise.all(touched.map((queryKey) => queryClient.invalidateQueries({ queryKey })))
}
