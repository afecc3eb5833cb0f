/**
 * The text of a reply as it maps to paper: paragraphs, headings, lists and tables, and nothing else (п. 7.1, 7.6). Kept as
 * one string: plain text where it is only paragraphs, else the JSON of the editor's document (ProseMirror's node names).
 */
export type Inline = { readonly text: string; readonly bold?: true; readonly italic?: true; readonly underline?: true }
export type Block =
  | { readonly kind: 'paragraph'; readonly inlines: readonly Inline[] }
  | { readonly kind: 'heading'; readonly level: number; readonly inlines: readonly Inline[] }
  | { readonly kind: 'list'; readonly ordered: boolean; readonly items: readonly (readonly Block[])[] }
  | { readonly kind: 'table'; readonly rows: readonly (readonly { readonly header: boolean; readonly blocks: readonly Block[] }[])[] }

/** Reads a kept text. What begins like a document and is none, or holds what no paper can show, throws `MalformedReply`. */
export function readReply(text: string): readonly Block[] {
  return text.startsWith('{"type":"doc"') ? readBlocks(parsed(text).content) : text.split('\n').map((line) => paragraph(line ? [{ text: line }] : []))
}

export class MalformedReply extends Error {
  override readonly name = 'MalformedReply'
}

/** The words alone: for e-mail, search, comparison and the gate. */
export function replyText(text: string): string {
  return textOf(readReply(text)).replace(/\n+$/, '')
}

function textOf(blocks: readonly Block[], indent = ''): string {
  return blocks.map((block) => {
    switch (block.kind) {
      case 'paragraph':
      case 'heading':
        return `${indent}${block.inlines.map((inline) => inline.text).join('')}`
      case 'list':
        return block.items.map((item, i) => `${indent}${block.ordered ? `${i + 1}.` : '—'} ${textOf(item, `${indent}  `).trimStart()}`).join('\n')
      case 'table':
        return block.rows.map((row) => `${indent}${row.map((cell) => textOf(cell.blocks).replaceAll('\n', ' ')).join(' | ')}`).join('\n')
    }
  }).join('\n')
}

type Node = { readonly type?: unknown; readonly text?: unknown; readonly content?: unknown; readonly attrs?: Readonly<Record<string, unknown>>; readonly marks?: unknown }

function parsed(text: string): Node {
  try {
    return JSON.parse(text) as Node
  } catch {
    throw new MalformedReply('not a document')
  }
}

const nodes = (content: unknown): readonly Node[] => {
  if (content === undefined) return []
  if (!Array.isArray(content)) throw new MalformedReply('content is no list')
  return content as Node[]
}

function readBlocks(content: unknown, depth = 0): Block[] {
  if (depth > 8) throw new MalformedReply('too deep')
  return nodes(content).map((node): Block => {
    switch (node.type) {
      case 'paragraph':
        return paragraph(readInlines(node.content))
      case 'heading':
        return { kind: 'heading', level: Math.min(Math.max(Number(node.attrs?.['level']) || 1, 1), 3), inlines: readInlines(node.content) }
      case 'bulletList':
      case 'orderedList':
        return { kind: 'list', ordered: node.type === 'orderedList', items: nodes(node.content).map((item) => inside(item, 'listItem', depth)) }
      case 'table':
        return {
          kind: 'table',
          rows: nodes(node.content).map((row) => {
            if (row.type !== 'tableRow') throw new MalformedReply('a table holds rows')
            return nodes(row.content).map((cell) => ({ header: cell.type === 'tableHeader', blocks: inside(cell, cell.type === 'tableHeader' ? 'tableHeader' : 'tableCell', depth) }))
          }),
        }
      default:
        throw new MalformedReply(`${String(node.type)} is not for paper`)
    }
  })
}

function inside(node: Node, type: string, depth: number): readonly Block[] {
  if (node.type !== type) throw new MalformedReply(`${String(node.type)} is not ${type}`)
  return readBlocks(node.content, depth + 1)
}

function readInlines(content: unknown): Inline[] {
  return nodes(content).map((node) => {
    if (node.type === 'hardBreak') return { text: '\n' }
    if (node.type !== 'text' || typeof node.text !== 'string') throw new MalformedReply(`${String(node.type)} is not text`)
    const marks = new Set(nodes(node.marks).map((mark) => mark.type))
    return { text: node.text, ...(marks.has('bold') && { bold: true as const }), ...(marks.has('italic') && { italic: true as const }), ...(marks.has('underline') && { underline: true as const }) }
  })
}

const paragraph = (inlines: readonly Inline[]): Block => ({ kind: 'paragraph', inlines })
