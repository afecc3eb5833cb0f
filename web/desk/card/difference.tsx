import { Text } from '@mantine/core'
import { wordsOfReply } from '../parts/reply-view.tsx'
import { wordDiff } from './word-diff.ts'

/** Two texts as one, what came and what went coloured, and told to whoever hears it by the elements' own meaning. */
export function Difference({ before, after }: { readonly before: string; readonly after: string }) {
  return (
    <Text className="words">
      {wordDiff(wordsOfReply(before), wordsOfReply(after)).map(({ kind, text }, i) => (
        kind === 'added' ? <ins key={i} className="diff">{text}</ins>
          : kind === 'removed' ? <del key={i} className="diff">{text}</del>
            : <span key={i}>{text}</span>
      ))}
    </Text>
  )
}
