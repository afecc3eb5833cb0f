import type { TrackingView } from '../../../server/tracking/track-appeal.ts'
import { Layout } from '../layout.tsx'
import { TrackingBox } from '../parts/tracking-box.tsx'
import { Way } from '../parts/way.tsx'
import { at, type View } from '../view.ts'

/** Number and code are asked for; what was typed is kept when they do not fit. */
export function FindPage({ view, number, code, fault }: { view: View; number?: string; code?: string; fault?: string }) {
  const { words: { track, write } } = view
  return (
    <Layout view={view} title={fault ? `${write.errorTitle}: ${track.title}` : track.title}>
      <h1>{track.title}</h1>
      <p class="lead">{track.lead}</p>
      <TrackingBox view={view} number={number} code={code} fault={fault} />
      <p class="aside">{track.lost} <a href={at(view, '/my')}>{track.signIn}</a></p>
    </Layout>
  )
}

/** Without the code: only where it stands. */
export function StatePage({ view, tracking }: { view: View; tracking: TrackingView }) {
  const { words: { track } } = view
  return (
    <Layout view={view} title={track.heading(tracking.number)} own>
      <h1>{track.heading(tracking.number)}</h1>
      <Way view={view} tracking={tracking} />
      <section class="card">
        <p>{track.stateOnly}</p>
        <TrackingBox view={view} number={tracking.number} known />
        <p class="muted">{track.lost} <a href={at(view, '/my')}>{track.signIn}</a></p>
      </section>
    </Layout>
  )
}
