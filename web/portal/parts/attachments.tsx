import { formatSize } from '../../i18n/format.ts'
import type { KeptFile } from '../write-input.ts'
import type { View } from '../view.ts'
import { FaultLine, told } from './field.tsx'

/** What the file chooser offers first; what is really inside is checked on arrival. */
const accept = '.pdf,.jpg,.jpeg,.png,.webp,.heic,.tif,.tiff,.docx,.xlsx,.odt,.txt,image/*,application/pdf'

/** Files already accepted stay and can be taken out; more can be added. */
export function Attachments({ view, kept, fault, sent, needed = false }: { view: View; kept: readonly KeptFile[]; fault?: string | undefined; sent: boolean; needed?: boolean }) {
  const { words: { write, optional }, context: { config } } = view
  const hint = write.filesHint(config.uploadMaxFiles, Math.floor(config.uploadMaxBytes / 1_048_576))
  return (
    <div class={fault ? 'field files wrong' : 'field files'}>
      <file-picker data-words={JSON.stringify(write.picker)} data-max-files={config.uploadMaxFiles} data-max-bytes={config.uploadMaxBytes}>
        <label for="files">{write.files}{!needed && <> <span class="note">{optional}</span></>}</label>
        <p class="hint" id="files-hint">{hint}</p>
        <FaultLine name="files" fault={fault} />
        {kept.length > 0 && (
          <ul class="kept" aria-label={write.keptFiles}>
            {kept.map((file) => (
              <li>
                <input type="hidden" name="kept" value={keptValue(file)} />
                <span>{file.name}</span> <small class="muted">{formatSize(file.size, view.language)}</small>
                <label><input type="checkbox" name="drop" value={file.id} /> {write.dropFile}</label>
              </li>
            ))}
          </ul>
        )}
        {sent && <p class="hint lost">{write.filesLost}</p>}
        <input id="files" name="files" type="file" multiple accept={accept} {...told('files', { hint, fault })} />
      </file-picker>
    </div>
  )
}

export const keptValue = ({ id, size, name }: KeptFile): string => `${id}:${size}:${name}`
