import { Alert, Anchor, Badge, Button, Card, Group, Progress, Stack, Table, Text, Title } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { IconDownload } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { billPrintWords } from '../../i18n/bill-prints.ts'
import { formatDateTime, formatMonth, formatSize } from '../../i18n/format.ts'
import { api, client, errorWords } from '../client.ts'
import { Shown } from '../parts/states.tsx'
import { useTitle } from '../parts/use-title.ts'
import { useSpeech } from '../session.tsx'
import { placeOf, printColours } from './bill-prints-page.tsx'

/** One print of bills: how far it is, its parts as they come (п. 11.3.1). */
export function BillPrintPage() {
  const { language } = useSpeech()
  const words = billPrintWords[language]
  const id = Number((useParams({ strict: false }) as { printId: string }).printId)
  const queries = useQueryClient()
  const query = useQuery({ ...api.bills.readBillPrint.queryOptions({ input: { id } }), refetchInterval: ({ state }) => (['printing', 'troubled'].includes(state.data?.print.state ?? '') ? 1_000 : false) })
  const { print, parts = [] } = query.data ?? {}
  const act = useMutation({
    mutationFn: (step: 'cancel' | 'resume') => (step === 'cancel' ? client.bills.cancelBillPrint({ id }) : client.bills.resumeBillPrint({ id })),
    onSuccess: async (_, step) => {
      notifications.show({ message: step === 'cancel' ? words.cancelled : words.resumed, color: 'petrol' })
      await queries.invalidateQueries({ queryKey: api.bills.key() })
    },
  })
  const title = print ? `${formatMonth(print.period, language)}: ${placeOf(print, language)}` : words.title
  useTitle(title)
  return (
    <Stack maw={1100} mx="auto">
      <Text size="sm"><Anchor component={Link} to="/bills">{words.back}</Anchor></Text>
      <Shown query={query}>
        {print && (
          <>
            <Group justify="space-between">
              <div>
                <Title order={1} size="h2">{title}</Title>
                <Text size="sm" c="dimmed">{words.count(print.bills)} · {words.languages[print.language]} · {words.by(print.madeBy, formatDateTime(print.madeAt))}</Text>
              </div>
              <Badge tt="none" size="xl" variant="light" color={printColours[print.state]}>{words.states[print.state]}</Badge>
            </Group>
            {print.state !== 'done' && print.state !== 'removed' && (
              <Card withBorder>
                <Text mb="xs" role="status">{words.progress(print.done, print.bills)}</Text>
                <Progress value={(print.done / print.bills) * 100} animated={print.state === 'printing'} aria-label={words.progress(print.done, print.bills)} />
                {print.state === 'troubled' && <Alert color="orange" mt="sm">{words.troubled}</Alert>}
                {act.error && <Alert color="red" role="alert" mt="sm">{errorWords(act.error, language)}</Alert>}
                <Group mt="sm">
                  {print.state !== 'printing' && <Button loading={act.isPending} onClick={() => act.mutate('resume')}>{words.resume}</Button>}
                  {print.state !== 'cancelled' && <Button variant="default" loading={act.isPending} onClick={() => act.mutate('cancel')}>{words.cancel}</Button>}
                </Group>
              </Card>
            )}
            {print.state === 'removed' && <Alert>{words.removed}</Alert>}
            <Card withBorder p={0} className="journal">
              <Table fz="sm" verticalSpacing={6}>
                <Table.Thead><Table.Tr><Table.Th>{words.parts}</Table.Th><Table.Th>{words.file}</Table.Th><Table.Th>{words.addresses}</Table.Th><Table.Th ta="right">{words.bills}</Table.Th></Table.Tr></Table.Thead>
                <Table.Tbody>
                  {parts.map((part) => (
                    <Table.Tr key={part.n}>
                      <Table.Td style={{ whiteSpace: 'nowrap' }}>{words.part(part.n)}</Table.Td>
                      <Table.Td style={{ whiteSpace: 'nowrap' }}>
                        {part.ready ? (
                          <Button component="a" href={`/api/v1/bill-prints/${id}/parts/${part.n}`} download size="compact-md" variant="light" leftSection={<IconDownload size={16} />} aria-label={words.download(part.n)}>
                            {words.save}{part.size !== undefined && `, ${formatSize(part.size, language)}`}
                          </Button>
                        ) : <Text size="sm" c="dimmed">{print.state === 'removed' ? '—' : words.waiting}</Text>}
                      </Table.Td>
                      <Table.Td>{part.firstAddress} — {part.lastAddress}</Table.Td>
                      <Table.Td ta="right">{part.bills}</Table.Td>
                    </Table.Tr>
                  ))}
                </Table.Tbody>
              </Table>
            </Card>
          </>
        )}
      </Shown>
    </Stack>
  )
}
