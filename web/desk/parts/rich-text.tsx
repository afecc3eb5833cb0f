import { Input } from '@mantine/core'
import { RichTextEditor } from '@mantine/tiptap'
import { IconArrowBackUp, IconArrowForwardUp, IconColumnInsertRight, IconColumnRemove, IconRowInsertBottom, IconRowRemove, IconTable, IconTableOff } from '@tabler/icons-react'
import { TableKit } from '@tiptap/extension-table'
import { useEditor, useEditorState, type Editor, type JSONContent } from '@tiptap/react'
import StarterKit from '@tiptap/starter-kit'
import { useEffect, useId } from 'react'
import { replyWords } from '../../i18n/reply.ts'
import { useSpeech } from '../session.tsx'

/** Only what a letter can show: no links, no colours, no quotations. */
const extensions = [
  StarterKit.configure({ link: false, blockquote: false, code: false, codeBlock: false, horizontalRule: false, strike: false, heading: { levels: [1, 2, 3] } }),
  TableKit.configure({ table: { resizable: false } }),
]

/** The kept text of a reply as the editor's document, and back: plain text stays plain text (see `regulation/reply-document.ts`). */
export const toDocument = (body: string): JSONContent =>
  body.startsWith('{"type":"doc"') ? (JSON.parse(body) as JSONContent)
    : { type: 'doc', content: body.split('\n').map((line) => ({ type: 'paragraph', ...(line && { content: [{ type: 'text', text: line }] }) })) }

export function fromDocument(document: JSONContent): string {
  const lines = document.content?.map((node) => {
    const plain = node.type === 'paragraph' && (node.content ?? []).every((inline) => inline.type === 'text' && !inline.marks?.length)
    return plain ? (node.content ?? []).map((inline) => inline.text ?? '').join('') : undefined
  }) ?? []
  return lines.every((line) => line !== undefined) ? lines.join('\n') : JSON.stringify({ type: 'doc', content: document.content })
}

/** A text that maps to paper: headings, lists, tables, emphasis. Its own value is the newest; another one given to it takes its place. */
export function RichText({ label, description, value, onChange, error, lang, ready }: {
  readonly label: string
  readonly description?: string | undefined
  readonly value: string
  readonly onChange: (value: string) => void
  readonly error?: string | undefined
  readonly lang?: string | undefined
  /** Is given the editor once it is there: to put a template in, for one. */
  readonly ready?: ((editor: Editor) => void) | undefined
}) {
  const { language } = useSpeech()
  const words = replyWords[language]
  const id = useId()
  const editor = useEditor({
    extensions, content: toDocument(value), injectCSS: false, shouldRerenderOnTransaction: false,
    editorProps: { attributes: { 'aria-label': label, role: 'textbox', 'aria-multiline': 'true', ...(lang && { lang }), 'aria-describedby': id } },
    onUpdate: ({ editor: one }) => onChange(fromDocument(one.getJSON())),
  })
  useEffect(() => { if (editor) ready?.(editor) }, [editor, ready])
  useEffect(() => {
    if (editor && value !== fromDocument(editor.getJSON())) editor.commands.setContent(toDocument(value), { emitUpdate: false })
  }, [editor, value])
  const inTable = useEditorState({ editor, selector: ({ editor: one }) => one?.isActive('table') ?? false })
  const table = (title: string, Icon: typeof IconTable, act: (chain: ReturnType<Editor['chain']>) => ReturnType<Editor['chain']>) => (
    <RichTextEditor.Control aria-label={title} title={title} onClick={() => { if (editor) act(editor.chain().focus()).run() }}><Icon size={16} /></RichTextEditor.Control>
  )
  return (
    <Input.Wrapper label={label} description={description} error={error} labelElement="div">
      <RichTextEditor
        editor={editor} mt={4} className="rich-text"
        labels={{ boldControlLabel: words.bold, italicControlLabel: words.italic, underlineControlLabel: words.underline, h2ControlLabel: words.heading, bulletListControlLabel: words.bullets, orderedListControlLabel: words.numbers, undoControlLabel: words.undo, redoControlLabel: words.redo }}
      >
        <RichTextEditor.Toolbar sticky stickyOffset="var(--app-shell-header-height, 0px)" role="toolbar" aria-label={words.tools}>
          <RichTextEditor.ControlsGroup>
            <RichTextEditor.Bold /><RichTextEditor.Italic /><RichTextEditor.Underline /><RichTextEditor.H2 />
          </RichTextEditor.ControlsGroup>
          <RichTextEditor.ControlsGroup>
            <RichTextEditor.BulletList /><RichTextEditor.OrderedList />
            {!inTable && table(words.table, IconTable, (chain) => chain.insertTable({ rows: 3, cols: 3, withHeaderRow: true }))}
          </RichTextEditor.ControlsGroup>
          {inTable && (
            <RichTextEditor.ControlsGroup>
              {table(words.rowAfter, IconRowInsertBottom, (chain) => chain.addRowAfter())}
              {table(words.columnAfter, IconColumnInsertRight, (chain) => chain.addColumnAfter())}
              {table(words.removeRow, IconRowRemove, (chain) => chain.deleteRow())}
              {table(words.removeColumn, IconColumnRemove, (chain) => chain.deleteColumn())}
              {table(words.removeTable, IconTableOff, (chain) => chain.deleteTable())}
            </RichTextEditor.ControlsGroup>
          )}
          <RichTextEditor.ControlsGroup>
            {table(words.undo, IconArrowBackUp, (chain) => chain.undo())}
            {table(words.redo, IconArrowForwardUp, (chain) => chain.redo())}
          </RichTextEditor.ControlsGroup>
        </RichTextEditor.Toolbar>
        <RichTextEditor.Content />
      </RichTextEditor>
      <span id={id} hidden>{error ?? description}</span>
    </Input.Wrapper>
  )
}
