import type { View } from '../view.ts'
import { TextField } from './field.tsx'

/** Does this answer your question? Five steps from no to yes, in words. */
export function Rating({ view, action, rating }: { view: View; action: string; rating: { score: number; comment?: string | undefined } | undefined }) {
  const { words: { track, optional } } = view
  if (rating) return <p class="notice good" id="rated">{track.rated(rating.score)}</p>
  return (
    <form class="rating card" method="post" action={action}>
      <fieldset>
        <legend>{track.question}</legend>
        <div class="scores">
          {track.scores.map((score, i) => (
            <label class="option"><input type="radio" name="score" value={i + 1} required /><span>{score}</span></label>
          ))}
        </div>
      </fieldset>
      <TextField name="comment" label={track.comment} note={optional} rows={3} />
      <button class="press quiet" type="submit">{track.rate}</button>
    </form>
  )
}
