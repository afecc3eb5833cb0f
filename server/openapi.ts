import { OpenAPIGenerator } from '@orpc/openapi'
import { ZodToJsonSchemaConverter } from '@orpc/zod/zod4'
import type { Config } from './config.ts'
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
  const paths = { ...document.paths, ...doorsBesideTheRouter } as Record<string, Record<string, { responses?: Record<string, unknown> }>>
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

/** Doors that stream and so stand beside the router. */
const doorsBesideTheRouter = {
  '/uploads': {
    post: {
      operationId: 'receiveUpload', tags: ['intake'], summary: 'Upload a file, to attach by its id; the body is the file itself',
      parameters: [{ name: 'name', in: 'query', required: true, schema: { type: 'string' }, description: 'The file\'s name' }],
      requestBody: { required: true, content: { 'application/octet-stream': { schema: { type: 'string', format: 'binary' } } } },
      responses: {
        201: {
          description: 'Kept for a day until it is attached',
          content: {
            'application/json': {
              schema: {
                type: 'object',
                properties: { id: { type: 'string', format: 'uuid' }, name: { type: 'string' }, mediaType: { type: 'string' }, size: { type: 'integer' } },
              },
            },
          },
        },
      },
    },
  },
  '/appeals/{appealId}/files/{fileId}': {
    get: {
      operationId: 'downloadFile', tags: ['appeals'], summary: 'Download a file of an appeal one may read',
      parameters: ['appealId', 'fileId'].map((name) => ({ name, in: 'path', required: true, schema: { type: 'string' } })),
      responses: { 200: { description: 'The file', content: { '*/*': {} } } },
    },
  },
  '/live': {
    get: {
      operationId: 'live', tags: ['work'], summary: 'Server-sent events: an appeal one may read has changed',
      responses: { 200: { description: 'Events `changed` with {appeal}', content: { 'text/event-stream': {} } } },
    },
  },
}
