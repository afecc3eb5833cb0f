import { Alert, Anchor, Badge, Button, Card, Group, Menu, Stack, Text } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { formatDateTime } from '../../i18n/format.ts'
import { originalWords } from '../../i18n/originals.ts'
import { api, client, errorWords } from '../client.ts'
import { Empty, Shown } from '../parts/states.tsx'
import { useGroup, useSpeech } from '../session.tsx'
import { useKeptUnits } from './fields.tsx'
import { Sections } from './sections.tsx'

/** Stock-takes of the papers that lie in one's chancelleries (п. 4.7). */
export function StockTakesPage() {
  const { language } = useSpeech()
  const words = originalWords[language]
  const { unit } = useGroup()
  const query = useQuery(api.originals.listStockTakes.queryOptions())
  return (
    <Stack maw={1000} mx="auto">
      <Sections><Begin /></Sections>
      <Shown query={query} empty={query.data?.length === 0 ? <Empty title={words.noStockTakes} hint={words.stockTakesHint} /> : undefined}>
        {query.data?.map((one) => (
          <Card key={one.id} withBorder p="sm">
            <Group justify="space-between">
              <div>
                <Anchor component={Link} to={`/originals/stock-takes/${one.id}`} fw={650}>{unit(one.unit)}</Anchor>
                <Text size="sm" c="dimmed">{words.began(formatDateTime(one.startedAt), one.startedBy)}{one.closedAt && ` · ${words.ended(formatDateTime(one.closedAt))}`}</Text>
              </div>
              <Group gap="xs">
                <Badge variant="light" tt="none" size="lg">{words.progress(one.found, one.expected)}</Badge>
                {one.missing > 0 && one.closedAt && <Badge color="red" tt="none" size="lg">{words.show.missing}: {one.missing}</Badge>}
                {!one.closedAt && <Badge color="orange" variant="light" tt="none" size="lg">{words.going}</Badge>}
              </Group>
            </Group>
          </Card>
        ))}
      </Shown>
    </Stack>
  )
}

/** Begins where one's papers lie; with several chancelleries one says which. */
function Begin() {
  const { language } = useSpeech()
  const words = originalWords[language]
  const navigate = useNavigate()
  const queries = useQueryClient()
  const units = useKeptUnits()
  const begin = useMutation({
    mutationFn: (unit: string) => client.originals.startStockTake({ unit }),
    onSuccess: async ({ id }) => {
      await queries.invalidateQueries({ queryKey: api.originals.key() })
      await navigate({ to: '/originals/stock-takes/$stockTakeId', params: { stockTakeId: String(id) } })
    },
  })
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target><Button loading={begin.isPending}>{words.begin}</Button></Menu.Target>
        <Menu.Dropdown>{units.map(({ value, label }) => <Menu.Item key={value} onClick={() => begin.mutate(value)}>{label}</Menu.Item>)}</Menu.Dropdown>
      </Menu>
      {begin.isError && <Alert color="red" role="alert" p="xs">{errorWords(begin.error, language)}</Alert>}
    </>
  )
}
