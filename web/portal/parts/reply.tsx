import type { Child } from 'hono/jsx'
import { readReply, type Block, type Inline } from '../../../regulation/reply-document.ts'

/** The text of an answer as it was written: headings, lists, tables (п. 7.1). */
export function Reply({ body }: { body: string }) {
  return <>{readReply(body).map((block) => <Shown block={block} />)}</>
}

function Shown({ block }: { block: Block }): Child {
  switch (block.kind) {
    case 'paragraph':
      return block.inlines.length > 0 ? <p><Words inlines={block.inlines} /></p> : null
    case 'heading':
      return <h3><Words inlines={block.inlines} /></h3>
    case 'list': {
      const items = block.items.map((item) => <li>{item.map((inner) => <Shown block={inner} />)}</li>)
      return block.ordered ? <ol>{items}</ol> : <ul>{items}</ul>
    }
    case 'table':
      return (
        <table>
          <tbody>
            {block.rows.map((row) => (
              <tr>{row.map((cell) => { const inner = cell.blocks.map((one) => <Shown block={one} />); return cell.header ? <th>{inner}</th> : <td>{inner}</td> })}</tr>
            ))}
          </tbody>
        </table>
      )
  }
}

function Words({ inlines }: { inlines: readonly Inline[] }) {
  return <>{inlines.map(({ text, bold, italic, underline }) => {
    let shown: Child = text === '\n' ? <br /> : text
    if (bold) shown = <strong>{shown}</strong>
    if (italic) shown = <em>{shown}</em>
    return underline ? <u>{shown}</u> : shown
  })}</>
}
