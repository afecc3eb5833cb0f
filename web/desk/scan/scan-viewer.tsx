import { ActionIcon, Anchor, Group, Skeleton, Stack, Text, Tooltip } from '@mantine/core'
import { IconChevronLeft, IconChevronRight, IconExternalLink, IconRotateClockwise, IconTrash, IconZoomIn, IconZoomOut } from '@tabler/icons-react'
import { useQueries } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { scanWords } from '../../i18n/scan.ts'
import { useSpeech } from '../session.tsx'
import type { ScanFile } from './upload-file.ts'

/** `version`: of something that changes under one address. */
type Shown = Pick<ScanFile, 'id' | 'name' | 'mediaType' | 'src'> & { readonly version?: string | undefined }
type Page = { readonly file: Shown; readonly n: number }
export const isScan = (mediaType: string): boolean => /^(application\/pdf|image\/)/.test(mediaType)

/** All pages of all files one after another: turned, enlarged, leafed through, without leaving the form beside. */
export function ScanViewer({ files, remove }: { readonly files: readonly Shown[]; readonly remove?: ((id: string) => void) | undefined }) {
  const { language } = useSpeech()
  const words = scanWords[language]
  const pages = usePages(files)
  const [at, setAt] = useState(0)
  const [zoom, setZoom] = useState(1)
  const [turns, setTurns] = useState<Readonly<Record<string, number>>>({})
  const place = Math.min(at, Math.max(pages.length - 1, 0))
  const page = pages[place]
  const key = page ? `${page.file.id} ${page.n}` : ''
  const turned = turns[key] ?? 0
  const go = (step: number) => setAt(Math.min(Math.max(place + step, 0), pages.length - 1))
  const rotate = () => setTurns({ ...turns, [key]: (turned + 90) % 360 })
  const scale = (factor: number) => setZoom((now) => Math.min(Math.max(now * factor, 0.5), 4))

  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (!event.altKey || event.ctrlKey || event.metaKey) return
      const acts: Record<string, () => void> = {
        ArrowRight: () => go(1), ArrowLeft: () => go(-1), KeyR: rotate, Equal: () => scale(1.25), Minus: () => scale(0.8), Digit0: () => setZoom(1),
      }
      const act = acts[event.code]
      if (!act) return
      event.preventDefault()
      act()
    }
    window.addEventListener('keydown', press)
    return () => window.removeEventListener('keydown', press)
  })

  if (!page) return <Skeleton h={420} />
  return (
    <Stack gap="xs" component="section" aria-label={words.files}>
      <Group gap={4} wrap="wrap" className="no-print">
        <Tool label={words.previous} icon={IconChevronLeft} act={() => go(-1)} off={place === 0} />
        <Text size="sm" className="figures" aria-live="polite">{words.page(place + 1, pages.length)}</Text>
        <Tool label={words.next} icon={IconChevronRight} act={() => go(1)} off={place === pages.length - 1} />
        <Tool label={words.rotate} icon={IconRotateClockwise} act={rotate} />
        <Tool label={words.smaller} icon={IconZoomOut} act={() => scale(0.8)} />
        <Tool label={words.larger} icon={IconZoomIn} act={() => scale(1.25)} />
        <Anchor href={page.file.src} target="_blank" rel="noreferrer" size="sm" ml="auto" style={{ overflowWrap: 'anywhere' }}>
          <IconExternalLink size={14} aria-hidden /> {page.file.name}
        </Anchor>
        {remove && <Tool label={words.remove} icon={IconTrash} act={() => remove(page.file.id)} />}
      </Group>
      <PageShown key={`${key} ${turned}`} page={page} zoom={zoom} turned={turned} />
      <Text size="xs" c="dimmed" visibleFrom="md">{words.keys}</Text>
    </Stack>
  )
}

function Tool({ label, icon: Icon, act, off = false }: { readonly label: string; readonly icon: typeof IconZoomIn; readonly act: () => void; readonly off?: boolean }) {
  return (
    <Tooltip label={label}>
      <ActionIcon variant="subtle" size="lg" aria-label={label} onClick={act} disabled={off}><Icon size={18} /></ActionIcon>
    </Tooltip>
  )
}

function PageShown({ page, zoom, turned }: { readonly page: Page; readonly zoom: number; readonly turned: number }) {
  const { language } = useSpeech()
  const words = scanWords[language]
  const [state, setState] = useState<'loading' | 'shown' | 'failed'>('loading')
  const readable = isScan(page.file.mediaType)
  if (!readable || state === 'failed') {
    return (
      <Stack align="center" py={48} className="scan-page">
        <Text>{readable ? words.unreadable : words.notScan}</Text>
        <Anchor c="var(--mantine-color-text)" href={page.file.src} target="_blank" rel="noreferrer">{words.original}: {page.file.name}</Anchor>
      </Stack>
    )
  }
  return (
    <div className="scan-page" aria-busy={state === 'loading'}>
      {state === 'loading' && <Skeleton h={420} />}
      <img
        src={`${page.file.src}/pages/${page.n}?width=${zoom > 1.3 ? 2200 : 1200}${turned ? `&turn=${turned}` : ''}${page.file.version ? `&version=${page.file.version}` : ''}`} alt={`${page.file.name}, ${page.n}`} draggable={false}
        style={{ width: `${zoom * 100}%`, display: state === 'loading' ? 'none' : 'block' }}
        onLoad={() => setState('shown')} onError={() => setState('failed')}
      />
    </div>
  )
}

/** How many pages each file has is asked of the server; a file that cannot be read counts as one. */
function usePages(files: readonly Shown[]): Page[] {
  const counts = useQueries({
    queries: files.map((file) => ({
      queryKey: ['pages', file.src, file.version], staleTime: Infinity, retry: false, enabled: isScan(file.mediaType),
      queryFn: async () => ((await (await fetch(`${file.src}/pages`)).json()) as { pages?: number }).pages ?? 1,
    })),
  })
  return files.flatMap((file, i) => Array.from({ length: counts[i]?.data ?? 1 }, (_, n) => ({ file, n: n + 1 })))
}
