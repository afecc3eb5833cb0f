import { OpenAPIGenerator } from '@orpc/openapi'
import { ZodToJsonSchemaConverter } from '@orpc/zod/zod4'
import type { Config } from './config.ts'
import { fileDoorPaths } from './file-doors.ts'
import { router } from './routes.ts'

/** `GET /api/v1/openapi.json`, made from the operations themselves once, when first asked for. */
export function openApiDocument(config: Config): () => Promise<string> {
  let made: Promise<string> | undefined
  return () => (made ??= generate(config))
}

async function generate(config: Config): Promise<string> {
  const generator = new OpenAPIGenerator({ schemaConverters: [new ZodToJsonSchemaConverter()] })
  const document = await generator.generate(router, {
    info: {
      title: 'Jauap', version: '1',
      description: 'Appeals of an energy utility\'s consumers: received, registered, decided, answered in time. '
        + 'Refusals are problem documents (RFC 9457) in the language of Accept-Language (kk, ru), each fault at its field. '
        + 'Moments are ISO 8601 in UTC, days are days in Asia/Almaty.',
    },
    servers: [{ url: `${config.publicUrl}/api/v1` }],
  })
  const paths = { ...document.paths, ...live } as Record<string, Record<string, { responses?: Record<string, unknown> }>>
  for (const [path, methods] of Object.entries(fileDoorPaths())) paths[path] = { ...paths[path], ...methods }
  for (const path of Object.values(paths)) {
    for (const operation of Object.values(path)) {
      if (operation.responses) operation.responses['default'] ??= problemAnswer
    }
  }
  return JSON.stringify({ ...document, paths })
}

const problemAnswer = {
  description: 'A refusal',
  content: {
    'application/problem+json': {
      schema: {
        type: 'object', required: ['type', 'title', 'status', 'requestId'],
        properties: {
          type: { type: 'string' }, title: { type: 'string' }, status: { type: 'integer' }, code: { type: 'string' },
          clause: { type: 'string' }, requestId: { type: 'string' },
          errors: {
            type: 'array',
            items: { type: 'object', properties: { field: { type: 'string' }, code: { type: 'string' }, message: { type: 'string' } } },
          },
        },
      },
    },
  },
}

/** The one door that streams and gives no file. */
const live = {
  '/live': {
    get: {
      operationId: 'live', tags: ['work'], summary: 'Server-sent events: an appeal one may read has changed',
      responses: { 200: { description: 'Events `changed` with {appeal}', content: { 'text/event-stream': {} } } },
    },
  },
}
