import { consentVersion } from '../../../server/appeals/consent.ts'
import { portalTexts } from '../../i18n/portal-texts.ts'
import { Layout } from '../layout.tsx'
import { at, type View } from '../view.ts'

export function ConsentPage({ view }: { view: View }) {
  const { language, group } = view
  const { consent } = portalTexts[language]
  const operator = group.organizations.get(group.feedback.organization)!.name[language]
  return (
    <Layout view={view} title={consent.title}>
      <h1>{consent.title}</h1>
      <p class="muted">{consent.version(consentVersion)}</p>
      <p class="lead">{consent.lead(operator, group.name[language])}</p>
      <dl class="points">{consent.points.map(([name, text]) => <><dt>{name}</dt><dd>{text}</dd></>)}</dl>
    </Layout>
  )
}

export function RulesPage({ view }: { view: View }) {
  const { language, words, door } = view
  const { rules } = portalTexts[language]
  return (
    <Layout view={view} title={rules.title}>
      <h1>{rules.title}</h1>
      <p class="lead">{rules.lead}</p>
      <ol class="rules">{rules.points.map(({ clauses, text }) => <li><p>{text}</p><small class="muted">{rules.clause(clauses)}</small></li>)}</ol>
      <p><a class="press" href={at(view, `${door.base}/write`)}>{words.nav.write}</a></p>
    </Layout>
  )
}
