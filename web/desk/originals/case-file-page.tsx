import { Alert, Button, Card, Center, Group, Stack, Text, Title } from '@mantine/core'
import { IconPrinter } from '@tabler/icons-react'
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { originalWords } from '../../i18n/originals.ts'
import { api, client, errorWords } from '../client.ts'
import { Empty, Shown } from '../parts/states.tsx'
import { useGroup, useSpeech } from '../session.tsx'
import { Retention } from './case-files-page.tsx'
import { OriginalLines } from './lines.tsx'
import { Sections } from './sections.tsx'

/** One case file: what is in it, and how long it is kept (п. 7.8). */
export function CaseFilePage() {
  const { caseFileId } = useParams({ from: '/originals/case-files/$caseFileId' })
  const { language, words: common } = useSpeech()
  const words = originalWords[language]
  const { unit } = useGroup()
  const id = Number(caseFileId)
  const queries = useQueryClient()
  const query = useInfiniteQuery(api.originals.readCaseFile.infiniteOptions({
    input: (after: number | undefined) => ({ id, after }), initialPageParam: undefined as number | undefined,
    getNextPageParam: (page) => (page.more ? page.originals.at(-1)?.appeal : undefined),
  }))
  const refresh = () => queries.invalidateQueries({ queryKey: api.originals.key() })
  const close = useMutation({ mutationFn: () => client.originals.closeCaseFile({ id }), onSuccess: refresh })
  const reopen = useMutation({ mutationFn: () => client.originals.reopenCaseFile({ id }), onSuccess: refresh })
  const file = query.data?.pages[0]?.caseFile
  const lines = query.data?.pages.flatMap((page) => page.originals) ?? []
  const failed = close.error ?? reopen.error
  return (
    <Stack maw={1100} mx="auto">
      <Sections>
        {file && <Button variant="default" leftSection={<IconPrinter size={16} />} component="a" href={`/api/v1/case-files/${id}/case-file.pdf?language=${language}`} target="_blank" rel="noreferrer">{words.cover}</Button>}
        {file && !file.closedOn && <Button variant="default" loading={close.isPending} onClick={() => { if (confirm(words.closeSure)) close.mutate() }}>{words.close}</Button>}
        {file?.closedOn && !file.act && <Button variant="default" loading={reopen.isPending} onClick={() => reopen.mutate()}>{words.reopen}</Button>}
      </Sections>
      {failed && <Alert color="red" role="alert">{errorWords(failed, language)}</Alert>}
      <Shown query={query}>
        {file && (
          <>
            <div>
              <Title order={2} size="h3">{file.index} · {file.title} ({file.year})</Title>
              <Text c="dimmed">{unit(file.unit)} · {words.papers(file.papers)}, {words.sheets(file.sheets)} · {file.ground}</Text>
              <Group mt={6}><Retention file={file} /></Group>
            </div>
            {lines.length === 0 ? <Empty title={words.emptyFile} hint={words.noFilesHint} /> : <Card withBorder p={0}><OriginalLines lines={lines} /></Card>}
            {query.hasNextPage && <Center><Button variant="default" loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>{common.more}</Button></Center>}
          </>
        )}
      </Shown>
    </Stack>
  )
}
