import { Badge, Card, Group, SegmentedControl, Stack, Text, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../client.ts'
import { Shown } from '../parts/states.tsx'
import { useTitle } from '../parts/use-title.ts'
import { useGroup, usePerson, useSpeech } from '../session.tsx'

/** The ways that the routes of an organization make, step by step: who does what next, and by which clause (п. 4.5–6.3). */
export function RoutesPage() {
  const { words } = useSpeech()
  const { person } = usePerson()
  const { organization } = useGroup()
  const query = useQuery(api.routes.readRoutes.queryOptions({ staleTime: 600_000 }))
  const [chosen, choose] = useState(person?.assignments?.[0]?.organization)
  useTitle(words.routes)
  const shown = query.data?.find((one) => one.organization === chosen) ?? query.data?.[0]
  return (
    <Stack maw={1100} mx="auto">
      <Title order={1} size="h2">{words.routes}</Title>
      <Text c="dimmed">{words.routesHint}</Text>
      <Shown query={query}>
        <SegmentedControl
          aria-label={words.organization} value={shown?.organization ?? ''} onChange={choose} fullWidth className="no-print"
          data={query.data?.map((one) => ({ value: one.organization, label: organization(one.organization) })) ?? []}
        />
        {shown?.routes.map((route) => <RouteCard key={route.channels?.join() ?? ''} route={route} />)}
      </Shown>
    </Stack>
  )
}

type Route = NonNullable<Awaited<ReturnType<typeof api.routes.readRoutes.call>>>[number]['routes'][number]

function RouteCard({ route }: { readonly route: Route }) {
  const { words, named, language } = useSpeech()
  const { holder } = useGroup()
  const title = route.channels?.map((channel) => named.channels[channel]).join(', ') ?? words.otherChannels
  const who = (holders: readonly string[]) => [...new Set(holders.map((one) => holder(one.replace(/\/unit$/, ''))))].join('; ')
  return (
    <Card withBorder component="section" aria-label={title}>
      <Title order={2} size="h4" mb="sm">{title}</Title>
      <ol className="history">
        {route.steps.map((step) => (
          <li key={step.step}>
            <Text size="sm" c="dimmed">{words.clause(step.clause)}</Text>
            <div>
              <Group gap="xs">
                <Text fw={600}>{step.step === 'inform' ? words.routeStep.inform : named.actions[step.step]}</Text>
                {step.controller === 'required' && <Badge variant="light" tt="none">{words.controllerRequired}</Badge>}
              </Group>
              <Text size="sm">{who(step.who)}{step.step === 'inform' && ` (${words.informed})`}</Text>
              {step.observers && step.observers.length > 0 && <Text size="sm" c="dimmed">{words.observers}: {who(step.observers)}</Text>}
              <Text size="xs" c="dimmed">{step.words[language]}</Text>
            </div>
          </li>
        ))}
      </ol>
    </Card>
  )
}
