import { Alert, Badge, Button, Card, Group, Stack, Text, TextInput, Title } from '@mantine/core'
import { IconPrinter } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { formatDay } from '../../i18n/format.ts'
import { originalWords } from '../../i18n/originals.ts'
import { api, client, errorWords, faultWords } from '../client.ts'
import { Shown } from '../parts/states.tsx'
import { useGroup, useSpeech } from '../session.tsx'
import { actColors } from './acts-page.tsx'
import { CaseFileLines } from './case-files-page.tsx'
import { Sections } from './sections.tsx'

/** One act of destruction: its case files, and whose step it is (п. 7.8). */
export function ActPage() {
  const { actId } = useParams({ from: '/originals/acts/$actId' })
  const { language } = useSpeech()
  const words = originalWords[language]
  const { organization } = useGroup()
  const queries = useQueryClient()
  const id = Number(actId)
  const query = useQuery(api.originals.readAct.queryOptions({ input: { id } }))
  const [way, setWay] = useState('')
  const refresh = () => queries.invalidateQueries({ queryKey: api.originals.key() })
  const approve = useMutation({ mutationFn: () => client.originals.approveAct({ id }), onSuccess: refresh })
  const cancel = useMutation({ mutationFn: () => client.originals.cancelAct({ id }), onSuccess: refresh })
  const carryOut = useMutation({ mutationFn: () => client.originals.carryOutAct({ id, way }), onSuccess: refresh })
  const failed = approve.error ?? cancel.error ?? carryOut.error
  const { act, caseFiles = [] } = query.data ?? {}
  return (
    <Stack maw={1000} mx="auto">
      <Sections>
        {act && <Button variant="default" leftSection={<IconPrinter size={16} />} component="a" href={`/api/v1/destruction-acts/${id}/act.pdf?language=${language}`} target="_blank" rel="noreferrer">{words.act(act.number)}</Button>}
      </Sections>
      <Shown query={query}>
        {act && (
          <>
            <div>
              <Group gap="sm"><Title order={2} size="h3">{words.act(act.number)}</Title><Badge color={actColors[act.state]} variant="light" tt="none" size="lg">{words.states[act.state]}</Badge></Group>
              <Text c="dimmed">{organization(act.organization)} · {words.papers(act.papers)}, {words.sheets(act.sheets)}</Text>
              <Text size="sm">{words.drawn(formatDay(act.drawnOn), act.drawnBy)}</Text>
              {act.approvedOn && <Text size="sm">{words.approvedBy(formatDay(act.approvedOn), act.approvedBy ?? '')}</Text>}
              {act.carriedOutOn && <Text size="sm">{words.carriedOut(formatDay(act.carriedOutOn))}: {act.way}</Text>}
              <Text size="sm" mt={6} className="words">{words.commission}: {act.commission}</Text>
            </div>
            {failed && <Alert color="red" role="alert">{errorWords(failed, language)}</Alert>}
            <Group gap="xs" className="no-print">
              {act.can.approve && <Button loading={approve.isPending} onClick={() => { if (confirm(words.approveSure)) approve.mutate() }}>{words.approve}</Button>}
              {act.can.cancel && <Button variant="default" loading={cancel.isPending} onClick={() => cancel.mutate()}>{words.cancelAct}</Button>}
            </Group>
            {act.can.carryOut && (
              <form onSubmit={(e) => { e.preventDefault(); carryOut.mutate() }}>
                <Group align="end">
                  <TextInput label={words.way} value={way} onChange={(e) => setWay(e.currentTarget.value)} error={faultWords(carryOut.error, language)['way']} required w={{ base: '100%', sm: 360 }} />
                  <Button type="submit" color="red" loading={carryOut.isPending}>{words.carryOut}</Button>
                </Group>
              </form>
            )}
            {caseFiles.length > 0 && <Card withBorder p={0}><CaseFileLines files={caseFiles} /></Card>}
          </>
        )}
      </Shown>
    </Stack>
  )
}
