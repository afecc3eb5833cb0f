/**
 * The closed lists of words the regulation uses. Everything open (organizations, units, people, policies)
 * is configuration; see `groups/`. Russian and Kazakh words for each stand in `web/i18n`.
 */

/** вид обращения, п. 4.1 */
export const appealKinds = ['application', 'question', 'complaint', 'claim', 'review', 'suggestion'] as const
export type AppealKind = (typeof appealKinds)[number]

/** канал, п. 4.1 */
export const channels = [
  'site_feedback', 'erc_feedback', 'cabinet', 'mobile', 'instagram', 'voicemail', 'paper_secretariat',
  'paper_chancellery', 'paper_service_centre', 'review_book', 'e_chancellery_skrec', 'e_chancellery_pts',
  'contact_centre', 'email', 'district_office',
] as const
export type Channel = (typeof channels)[number]

/** The two doors of «Обратная связь», п. 11.6.2 */
export const feedbackChannels = ['site_feedback', 'erc_feedback'] as const satisfies readonly Channel[]
export type FeedbackChannel = (typeof feedbackChannels)[number]

/** Papers that a registrar enters: from the secretariat's window to what came by e-mail, п. 4.1, 4.9, 5.1–5.2 */
export const paperChannels = [
  'paper_secretariat', 'paper_chancellery', 'paper_service_centre', 'review_book', 'district_office', 'email',
] as const satisfies readonly Channel[]
export type PaperChannel = (typeof paperChannels)[number]

/** «Электронная канцелярия», п. 4.1, 11.3.4: which channel an organization's is, its configuration says. */
export const eChancelleryChannels = ['e_chancellery_skrec', 'e_chancellery_pts'] as const satisfies readonly Channel[]
export type EChancelleryChannel = (typeof eChancelleryChannels)[number]

/** способ получения ответа, п. 7.7, 11.6.4 */
export const answerWays = ['email', 'phone', 'post', 'pickup'] as const
export type AnswerWay = (typeof answerWays)[number]
/** The two ways that the feedback form offers, п. 11.6.4 */
export const feedbackAnswerWays = ['email', 'phone'] as const satisfies readonly AnswerWay[]

/** потребитель I или II группы, п. 4.2 */
export const applicantGroups = ['person', 'company'] as const
export type ApplicantGroup = (typeof applicantGroups)[number]

export const languages = ['kk', 'ru'] as const
export type Language = (typeof languages)[number]

export const roles = [
  'consumer', 'registrar', 'front_desk', 'district_head', 'contact_centre_head', 'contact_centre_agent', 'executive',
  'unit_head', 'executor', 'controller', 'lawyer', 'quality_lead', 'public_relations', 'it_admin',
] as const
export type Role = (typeof roles)[number]

export const unitKinds = [
  'secretariat', 'chancellery', 'contact_centre', 'service_centre', 'retail_office', 'grid_district', 'sales_district',
  'department', 'legal', 'quality', 'public_relations', 'it', 'management',
] as const
export type UnitKind = (typeof unitKinds)[number]

export type OrganizationId = string
export type UnitId = string
export type PersonId = string
export type AppealId = number

/** A text in both languages of the screens. */
export type Bilingual = Readonly<Record<Language, string>>
