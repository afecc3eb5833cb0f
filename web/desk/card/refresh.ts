import { api, queryClient } from '../client.ts'

/** After a step: whatever shows this appeal or a queue is asked for anew. */
export async function refresh(appealId: number): Promise<void> {
  await Promise.all([
    queryClient.invalidateQueries({ queryKey: api.appeals.card.key({ input: { appealId } }) }),
    queryClient.invalidateQueries({ queryKey: api.work.key() }),
    queryClient.invalidateQueries({ queryKey: api.replies.key() }),
  ])
}
