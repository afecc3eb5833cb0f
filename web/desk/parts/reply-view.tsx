import { Fragment, type ReactNode } from 'react'
import { readReply, replyText, type Block, type Inline } from '../../../regulation/reply-document.ts'

/** A reply as it will stand on paper; plain text keeps its own lines. */
export function ReplyView({ body, lang }: { readonly body: string; readonly lang?: string | undefined }) {
  if (!body.startsWith('{')) return <div className="words" lang={lang}>{body}</div>
  return <div className="reply-view" lang={lang}>{readReply(body).map((block, i) => <Shown key={i} block={block} />)}</div>
}

/** Its words, for whatever compares texts. */
export const wordsOfReply = (body: string): string => replyText(body)

function Shown({ block }: { readonly block: Block }): ReactNode {
  switch (block.kind) {
    case 'paragraph':
      return <p><Words inlines={block.inlines} /></p>
    case 'heading':
      return <p className="reply-heading"><Words inlines={block.inlines} /></p>
    case 'list': {
      const items = block.items.map((item, i) => <li key={i}>{item.map((inner, j) => <Shown key={j} block={inner} />)}</li>)
      return block.ordered ? <ol>{items}</ol> : <ul>{items}</ul>
    }
    case 'table':
      return (
        <table>
          <tbody>
            {block.rows.map((row, i) => (
              <tr key={i}>
                {row.map((cell, j) => {
                  const inner = cell.blocks.map((one, k) => <Shown key={k} block={one} />)
                  return cell.header ? <th key={j}>{inner}</th> : <td key={j}>{inner}</td>
                })}
              </tr>
            ))}
          </tbody>
        </table>
      )
  }
}

function Words({ inlines }: { readonly inlines: readonly Inline[] }) {
  return inlines.map(({ text, bold, italic, underline }, i) => {
    let shown: ReactNode = text === '\n' ? <br /> : text
    if (bold) shown = <strong>{shown}</strong>
    if (italic) shown = <em>{shown}</em>
    return <Fragment key={i}>{underline ? <u>{shown}</u> : shown}</Fragment>
  })
}
