import { formatSize } from '../../i18n/format.ts'
import type { TrackingView } from '../../../server/tracking/track-appeal.ts'
import { at, type View } from '../view.ts'

type Props = { readonly view: View; readonly number: string; readonly code: string; readonly label: string; readonly files: NonNullable<TrackingView['full']>['files'] }

export function FileList({ view, number, code, label, files }: Props) {
  if (files.length === 0) return null
  return (
    <>
      <h3>{label}</h3>
      <ul class="files">
        {files.map((file) => (
          <li><a href={at(view, `/track/${encodeURIComponent(number)}/${code}/files/${file.id}`)}>{file.name}</a> <small class="muted">{formatSize(file.size, view.language)}</small></li>
        ))}
      </ul>
    </>
  )
}
