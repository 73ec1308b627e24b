// Written by `npm run docs` from the description of /api/v1 (src/api/openapi); do not edit.
/* eslint-disable */
/** JSON Schemas of the answers by path and media type. */
export const DESCRIPTION: object = {
  answers: {
    '/api/v1/entries': {
      'application/json': { schema: { $ref: '#/components/schemas/EntryPage' } },
      'application/x-ndjson': { schema: { type: 'string' } },
      'text/csv': { schema: { type: 'string' } },
    },
    '/api/v1/entries/tail': { 'text/event-stream': { schema: { type: 'string' } } },
    '/api/v1/entries/{reference}': {
      'application/json': { schema: { $ref: '#/components/schemas/Entry' } },
    },
    '/api/v1/entries/{reference}/proof': { 'text/plain': { schema: { type: 'string' } } },
    '/api/v1/entries/{reference}/place': {
      'application/json': { schema: { $ref: '#/components/schemas/EntryPlace' } },
    },
    '/api/v1/entries/{reference}/related': {
      'application/json': { schema: { $ref: '#/components/schemas/RelatedEntries' } },
    },
    '/api/v1/runs/{run_id}': {
      'application/json': { schema: { $ref: '#/components/schemas/Runs' } },
    },
    '/api/v1/deployments/{deployment_id}': {
      'application/json': { schema: { $ref: '#/components/schemas/Deployments' } },
    },
    '/api/v1/repositories/{owner}/{repository}/pulls/{number}': {
      'application/json': { schema: { $ref: '#/components/schemas/PullRequests' } },
    },
    '/api/v1/subjects/{reference}': {
      'application/json': { schema: { $ref: '#/components/schemas/Subjects' } },
    },
    '/api/v1/repositories/{owner}/{repository}': {
      'application/json': { schema: { $ref: '#/components/schemas/Repositories' } },
    },
    '/api/v1/repositories/{repository_id}': {
      'application/json': { schema: { $ref: '#/components/schemas/Repositories' } },
    },
    '/api/v1/accounts/{account}': {
      'application/json': { schema: { $ref: '#/components/schemas/Accounts' } },
    },
    '/api/v1/installations/{installation_id}': {
      'application/json': { schema: { $ref: '#/components/schemas/Installations' } },
    },
    '/api/v1/facets': { 'application/json': { schema: { $ref: '#/components/schemas/Facets' } } },
    '/api/v1/histogram': {
      'application/json': { schema: { $ref: '#/components/schemas/Histogram' } },
    },
    '/api/v1/explanation': {
      'application/json': { schema: { $ref: '#/components/schemas/Explanation' } },
    },
    '/api/v1/completion': {
      'application/json': { schema: { $ref: '#/components/schemas/Completion' } },
    },
    '/api/v1/tokens': { 'application/json': { schema: { $ref: '#/components/schemas/Tokens' } } },
    '/api/v1/saved-queries': {
      'application/json': { schema: { $ref: '#/components/schemas/SavedQueries' } },
    },
  },
  components: {
    schemas: {
      Facets: {
        type: 'object',
        properties: {
          facets: {
            type: 'array',
            items: {
              type: 'object',
              properties: {
                field: { type: 'string', description: 'A key of the query language.' },
                values: {
                  type: 'array',
                  items: {
                    type: 'object',
                    properties: {
                      value: { type: 'string' },
                      entries: {
                        type: 'integer',
                        minimum: -9007199254740991,
                        maximum: 9007199254740991,
                      },
                    },
                    required: ['value', 'entries'],
                  },
                },
                exact: { type: 'boolean', description: 'False: the numbers are estimates.' },
                sampled: {
                  type: 'integer',
                  minimum: -9007199254740991,
                  maximum: 9007199254740991,
                  description:
                    'One entry of so many was looked at; 1: each. An estimate of n is off by more than 2·√(sampled·n) in one case of 20.',
                },
              },
              required: ['field', 'values', 'exact', 'sampled'],
            },
          },
        },
        required: ['facets'],
      },
      Histogram: {
        type: 'object',
        properties: {
          width: { type: 'string', description: 'How long a bucket is: 1 hour, 1 day, …' },
          buckets: {
            type: 'array',
            items: {
              type: 'object',
              properties: {
                from: { type: 'string' },
                entries: { type: 'integer', minimum: -9007199254740991, maximum: 9007199254740991 },
              },
              required: ['from', 'entries'],
            },
            description: 'Oldest first, without a gap.',
          },
          total: { type: 'integer', minimum: -9007199254740991, maximum: 9007199254740991 },
          exact: { type: 'boolean', description: 'False: the numbers are estimates.' },
          sampled: {
            type: 'integer',
            minimum: -9007199254740991,
            maximum: 9007199254740991,
            description:
              'One entry of so many was looked at; 1: each. An estimate of n is off by more than 2·√(sampled·n) in one case of 20.',
          },
        },
        required: ['width', 'buckets', 'total', 'exact', 'sampled'],
      },
      Completion: {
        type: 'object',
        properties: {
          replace: {
            type: 'object',
            properties: {
              position: { type: 'integer', minimum: -9007199254740991, maximum: 9007199254740991 },
              length: { type: 'integer', minimum: -9007199254740991, maximum: 9007199254740991 },
            },
            required: ['position', 'length'],
            description: 'The text that a choice takes the place of.',
          },
          choices: {
            type: 'array',
            items: {
              type: 'object',
              properties: {
                text: { type: 'string' },
                kind: { type: 'string', enum: ['key', 'operator', 'value'] },
                description: { type: 'string' },
                entries: {
                  description: 'How many have this value; an estimate where there are many.',
                  type: 'integer',
                  minimum: -9007199254740991,
                  maximum: 9007199254740991,
                },
              },
              required: ['text', 'kind', 'description'],
            },
          },
        },
        required: ['replace', 'choices'],
      },
      Explanation: {
        type: 'object',
        properties: {
          query: {
            type: 'string',
            description: 'The query as it was understood, with absolute dates.',
          },
          explanation: { type: 'string' },
          time_zone: { type: 'string' },
        },
        required: ['query', 'explanation', 'time_zone'],
      },
      HostedName: {
        type: 'object',
        properties: {
          host: { type: 'string' },
          id: { type: 'integer', minimum: -9007199254740991, maximum: 9007199254740991 },
          name: { type: 'string' },
        },
        required: ['host', 'id', 'name'],
        description: 'A thing on a host: names change, ids do not.',
      },
      Principal: {
        type: 'object',
        properties: {
          type: {
            type: 'string',
            enum: ['user', 'app', 'bot', 'deploy_key', 'token', 'system', 'unknown'],
          },
          subject: {
            description: 'Random id that the log gives a person or machine.',
            type: 'string',
          },
          login: { type: ['string', 'null'] },
          display: { type: ['string', 'null'] },
        },
        required: ['type'],
        description:
          'Who did something. `login` and `display` are null when the person was erased.',
      },
      Attribution: {
        type: 'object',
        properties: {
          confidence: { type: 'string', enum: ['verified', 'derived', 'unknown'] },
          method: { type: 'string' },
        },
        required: ['confidence', 'method'],
        description: 'How sure we are of the actor, and from which field we know.',
      },
      Entry: {
        type: 'object',
        properties: {
          schema: { type: 'number', const: 1 },
          id: {
            type: 'string',
            format: 'uuid',
            pattern:
              '^([0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[1-8][0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}|00000000-0000-0000-0000-000000000000|ffffffff-ffff-ffff-ffff-ffffffffffff)$',
          },
          seq: {
            type: 'integer',
            minimum: 0,
            maximum: 9007199254740991,
            description: 'Its number in the log, from 0 on without a gap.',
          },
          occurred_at: {
            type: 'string',
            format: 'date-time',
            pattern:
              '^(?:(?:\\d\\d[2468][048]|\\d\\d[13579][26]|\\d\\d0[48]|[02468][048]00|[13579][26]00)-02-29|\\d{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\\d|30)|(?:02)-(?:0[1-9]|1\\d|2[0-8])))T(?:(?:[01]\\d|2[0-3]):[0-5]\\d:[0-5]\\d(?:\\.\\d+)?(?:Z))$',
            description: 'When it happened, as the source states it.',
          },
          recorded_at: {
            type: 'string',
            format: 'date-time',
            pattern:
              '^(?:(?:\\d\\d[2468][048]|\\d\\d[13579][26]|\\d\\d0[48]|[02468][048]00|[13579][26]00)-02-29|\\d{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\\d|30)|(?:02)-(?:0[1-9]|1\\d|2[0-8])))T(?:(?:[01]\\d|2[0-3]):[0-5]\\d:[0-5]\\d(?:\\.\\d+)?(?:Z))$',
            description: 'When it was written to the log.',
          },
          action: {
            type: 'string',
            description: 'What happened: `<entity>.<participle>` (docs/events.md).',
          },
          operation: {
            type: 'string',
            enum: ['create', 'read', 'update', 'delete', 'execute', 'approve', 'authenticate'],
          },
          category: {
            type: 'string',
            enum: [
              'build',
              'source',
              'deployment',
              'pipeline',
              'secret',
              'security',
              'setting',
              'access',
              'artifact',
              'quality',
              'finding',
              'collaboration',
              'system',
            ],
          },
          outcome: {
            type: 'string',
            enum: [
              'success',
              'failure',
              'cancelled',
              'skipped',
              'timeout',
              'error',
              'neutral',
              'pending',
              'unknown',
            ],
          },
          severity: {
            anyOf: [
              { type: 'number', const: 0 },
              { type: 'number', const: 1 },
              { type: 'number', const: 2 },
              { type: 'number', const: 3 },
              { type: 'number', const: 4 },
            ],
            description: '0 info, 1 low, 2 medium, 3 high, 4 critical.',
          },
          actor: { $ref: '#/components/schemas/Principal' },
          triggering_actor: { $ref: '#/components/schemas/Principal' },
          on_behalf_of: { type: 'array', items: { $ref: '#/components/schemas/Principal' } },
          attribution: { $ref: '#/components/schemas/Attribution' },
          targets: {
            type: 'array',
            items: {
              type: 'object',
              properties: {
                type: { type: 'string' },
                id: {
                  anyOf: [
                    { type: 'integer', minimum: -9007199254740991, maximum: 9007199254740991 },
                    { type: 'string' },
                  ],
                },
                name: { type: ['string', 'null'] },
                url: { type: 'string' },
              },
              required: ['type'],
            },
          },
          account: { $ref: '#/components/schemas/HostedName' },
          repo: { $ref: '#/components/schemas/HostedName' },
          ci: {
            type: 'object',
            properties: {
              workflow: { type: 'string' },
              workflow_path: { type: 'string' },
              workflow_sha: { type: 'string' },
              run_id: { type: 'integer', minimum: -9007199254740991, maximum: 9007199254740991 },
              run_number: {
                type: 'integer',
                minimum: -9007199254740991,
                maximum: 9007199254740991,
              },
              run_attempt: {
                type: 'integer',
                minimum: -9007199254740991,
                maximum: 9007199254740991,
              },
              job_id: { type: 'integer', minimum: -9007199254740991, maximum: 9007199254740991 },
              job: { type: 'string' },
              event: { type: 'string' },
              ref: { type: 'string' },
              before_sha: { type: 'string' },
              head_sha: { type: 'string' },
              head_repo: { $ref: '#/components/schemas/HostedName' },
              pull_requests: {
                type: 'array',
                items: { type: 'integer', minimum: -9007199254740991, maximum: 9007199254740991 },
              },
              environment: { type: 'string' },
              runner: {
                type: 'object',
                properties: {
                  name: { type: 'string' },
                  group: { type: 'string' },
                  labels: { type: 'array', items: { type: 'string' } },
                },
              },
              title: { type: ['string', 'null'] },
              inputs: { type: 'object', propertyNames: { type: 'string' } },
              started_at: { type: 'string' },
              completed_at: { type: 'string' },
              referenced_workflows: {
                type: 'array',
                items: {
                  type: 'object',
                  properties: { path: { type: 'string' }, sha: { type: 'string' } },
                  required: ['path', 'sha'],
                },
              },
              steps: {
                type: 'array',
                items: {
                  type: 'object',
                  properties: { name: { type: 'string' }, conclusion: { type: 'string' } },
                  required: ['name', 'conclusion'],
                },
              },
              artifacts: {
                type: 'array',
                items: {
                  type: 'object',
                  properties: { name: { type: 'string' }, digest: { type: 'string' } },
                  required: ['name'],
                },
              },
            },
          },
          changes: {
            type: 'array',
            items: {
              type: 'object',
              properties: { path: { type: 'string' }, before: {}, after: {} },
              required: ['path'],
            },
          },
          snapshot: {
            type: 'object',
            properties: {
              type: { type: 'string' },
              id: {
                anyOf: [
                  { type: 'integer', minimum: -9007199254740991, maximum: 9007199254740991 },
                  { type: 'string' },
                ],
              },
              value: {},
              cut: { type: 'boolean', const: true },
            },
            required: ['type', 'id', 'value'],
          },
          reason: { type: ['string', 'null'] },
          links: {
            type: 'array',
            items: {
              type: 'object',
              properties: { rel: { type: 'string' }, url: { type: 'string' } },
              required: ['rel', 'url'],
            },
          },
          source: {
            type: 'object',
            properties: {
              system: { type: 'string' },
              kind: {
                type: 'string',
                enum: [
                  'webhook',
                  'recovery',
                  'poll',
                  'backfill',
                  'audit_api',
                  'upload',
                  'reprocess',
                  'internal',
                ],
              },
              delivery_id: { type: 'string' },
              event: { type: 'string' },
              raw_digest: { type: 'string' },
            },
            required: ['system', 'kind', 'delivery_id', 'event'],
          },
          correlation_id: { type: 'string' },
          labels: { type: 'object', propertyNames: { type: 'string' } },
        },
        required: [
          'schema',
          'id',
          'seq',
          'occurred_at',
          'recorded_at',
          'action',
          'operation',
          'category',
          'outcome',
          'severity',
          'actor',
          'attribution',
          'targets',
          'source',
        ],
        description: 'One fact of the log (docs/entry.md). null in place of a text: it was erased.',
      },
      EntryPage: {
        type: 'object',
        properties: {
          entries: { type: 'array', items: { $ref: '#/components/schemas/Entry' } },
          next_cursor: { description: 'Null on the last page.', type: ['string', 'null'] },
        },
        required: ['entries', 'next_cursor'],
      },
      SavedQueries: {
        type: 'object',
        properties: {
          saved: {
            type: 'array',
            items: {
              type: 'object',
              properties: {
                organisation: { type: 'string' },
                name: { type: 'string' },
                query: { type: 'string' },
              },
              required: ['organisation', 'name', 'query'],
            },
          },
        },
        required: ['saved'],
      },
      Tokens: {
        type: 'object',
        properties: {
          tokens: {
            type: 'array',
            items: {
              type: 'object',
              properties: {
                id: {
                  type: 'string',
                  format: 'uuid',
                  pattern:
                    '^([0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[1-8][0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}|00000000-0000-0000-0000-000000000000|ffffffff-ffff-ffff-ffff-ffffffffffff)$',
                },
                name: { type: 'string' },
                scopes: { type: 'array', items: { type: 'string' } },
                organisations: { type: 'array', items: { type: 'string' } },
                repositories: { type: 'array', items: { type: 'string' } },
                created_at: {
                  type: 'string',
                  format: 'date-time',
                  pattern:
                    '^(?:(?:\\d\\d[2468][048]|\\d\\d[13579][26]|\\d\\d0[48]|[02468][048]00|[13579][26]00)-02-29|\\d{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\\d|30)|(?:02)-(?:0[1-9]|1\\d|2[0-8])))T(?:(?:[01]\\d|2[0-3]):[0-5]\\d:[0-5]\\d(?:\\.\\d+)?(?:Z))$',
                },
                expires_at: {
                  anyOf: [
                    {
                      type: 'string',
                      format: 'date-time',
                      pattern:
                        '^(?:(?:\\d\\d[2468][048]|\\d\\d[13579][26]|\\d\\d0[48]|[02468][048]00|[13579][26]00)-02-29|\\d{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\\d|30)|(?:02)-(?:0[1-9]|1\\d|2[0-8])))T(?:(?:[01]\\d|2[0-3]):[0-5]\\d:[0-5]\\d(?:\\.\\d+)?(?:Z))$',
                    },
                    { type: 'null' },
                  ],
                },
                revoked_at: {
                  anyOf: [
                    {
                      type: 'string',
                      format: 'date-time',
                      pattern:
                        '^(?:(?:\\d\\d[2468][048]|\\d\\d[13579][26]|\\d\\d0[48]|[02468][048]00|[13579][26]00)-02-29|\\d{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\\d|30)|(?:02)-(?:0[1-9]|1\\d|2[0-8])))T(?:(?:[01]\\d|2[0-3]):[0-5]\\d:[0-5]\\d(?:\\.\\d+)?(?:Z))$',
                    },
                    { type: 'null' },
                  ],
                },
                last_used_at: {
                  anyOf: [
                    {
                      type: 'string',
                      format: 'date-time',
                      pattern:
                        '^(?:(?:\\d\\d[2468][048]|\\d\\d[13579][26]|\\d\\d0[48]|[02468][048]00|[13579][26]00)-02-29|\\d{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\\d|30)|(?:02)-(?:0[1-9]|1\\d|2[0-8])))T(?:(?:[01]\\d|2[0-3]):[0-5]\\d:[0-5]\\d(?:\\.\\d+)?(?:Z))$',
                    },
                    { type: 'null' },
                  ],
                  description: 'To the minute.',
                },
              },
              required: [
                'id',
                'name',
                'scopes',
                'organisations',
                'repositories',
                'created_at',
                'expires_at',
                'revoked_at',
                'last_used_at',
              ],
            },
          },
        },
        required: ['tokens'],
      },
      Reading: {
        type: 'object',
        properties: {
          reading: {
            type: 'integer',
            minimum: -9007199254740991,
            maximum: 9007199254740991,
            description: '1: as the delivery was first read.',
          },
          first_seq: { type: 'integer', minimum: -9007199254740991, maximum: 9007199254740991 },
          entries: { type: 'integer', minimum: -9007199254740991, maximum: 9007199254740991 },
        },
        required: ['reading', 'first_seq', 'entries'],
        description: 'The entries of another reading of the same delivery.',
      },
      EntryPlace: {
        type: 'object',
        properties: {
          seq: { type: 'integer', minimum: -9007199254740991, maximum: 9007199254740991 },
          leaf_hash: {
            anyOf: [{ type: 'string', pattern: '^[0-9a-f]{64}$' }, { type: 'null' }],
            description: 'Hex.',
          },
          size: {
            type: 'integer',
            minimum: -9007199254740991,
            maximum: 9007199254740991,
            description: 'Entries in the tree.',
          },
          root: { type: 'string', pattern: '^[0-9a-f]{64}$', description: 'Hex.' },
          origin: { description: 'Who signed; absent as long as nobody did.', type: 'string' },
          tlog_proof: { description: 'As /proof gives it.', type: ['string', 'null'] },
          replaces: { $ref: '#/components/schemas/Reading' },
          replaced_by: { $ref: '#/components/schemas/Reading' },
        },
        required: ['seq', 'leaf_hash', 'size', 'root', 'tlog_proof'],
      },
      RelatedEntries: {
        type: 'object',
        properties: {
          together: {
            type: 'array',
            items: { $ref: '#/components/schemas/Entry' },
            description: 'Of the same run; of the same pull request or deployment on this commit.',
          },
          actor: {
            type: 'array',
            items: { $ref: '#/components/schemas/Entry' },
            description: 'Of the same actor, within five minutes.',
          },
          before: {
            type: 'array',
            items: { $ref: '#/components/schemas/Entry' },
            description: 'About the same first target, the last ones before.',
          },
          after: {
            type: 'array',
            items: { $ref: '#/components/schemas/Entry' },
            description: 'About the same first target, the next ones after.',
          },
        },
        required: ['together', 'actor', 'before', 'after'],
      },
      DeploymentReview: {
        type: 'object',
        properties: {
          verdict: { type: 'string', enum: ['requested', 'approved', 'rejected'] },
          actor: { $ref: '#/components/schemas/Principal' },
          at: { type: 'string' },
          runId: { type: 'integer', minimum: -9007199254740991, maximum: 9007199254740991 },
          attempt: { type: 'integer', minimum: -9007199254740991, maximum: 9007199254740991 },
          environments: { type: 'array', items: { type: 'string' } },
          comment: { type: ['string', 'null'] },
          ownRun: {
            type: 'boolean',
            description: 'Whether whoever started the run decided on it.',
          },
          reviewers: {
            type: 'array',
            items: { type: ['string', 'null'] },
            description: 'Of a request: who may decide.',
          },
        },
        required: [
          'verdict',
          'actor',
          'at',
          'runId',
          'attempt',
          'environments',
          'ownRun',
          'reviewers',
        ],
        description: 'That somebody was asked to let a job deploy, did, or refused.',
      },
      Deployment: {
        type: 'object',
        properties: {
          host: { type: 'string' },
          id: { type: 'integer', minimum: -9007199254740991, maximum: 9007199254740991 },
          repo: { $ref: '#/components/schemas/HostedName' },
          environment: { type: 'string' },
          sha: { type: 'string' },
          ref: { type: 'string' },
          task: { type: 'string' },
          production: { type: 'boolean' },
          runId: { type: 'integer', minimum: -9007199254740991, maximum: 9007199254740991 },
          runAttempt: { type: 'integer', minimum: -9007199254740991, maximum: 9007199254740991 },
          workflow: { type: 'string' },
          actor: { $ref: '#/components/schemas/Principal' },
          onBehalfOf: { type: 'array', items: { $ref: '#/components/schemas/Principal' } },
          attribution: { $ref: '#/components/schemas/Attribution' },
          createdAt: { type: 'string' },
          description: { type: ['string', 'null'] },
          state: { type: 'string', description: 'GitHub’s word for where it is.' },
          outcome: {
            type: 'string',
            enum: [
              'success',
              'failure',
              'cancelled',
              'skipped',
              'timeout',
              'error',
              'neutral',
              'pending',
              'unknown',
            ],
          },
          statuses: {
            type: 'array',
            items: {
              type: 'object',
              properties: {
                state: { type: 'string' },
                outcome: {
                  type: 'string',
                  enum: [
                    'success',
                    'failure',
                    'cancelled',
                    'skipped',
                    'timeout',
                    'error',
                    'neutral',
                    'pending',
                    'unknown',
                  ],
                },
                at: { type: 'string' },
                actor: { $ref: '#/components/schemas/Principal' },
                description: { type: ['string', 'null'] },
                url: { type: 'string' },
              },
              required: ['state', 'outcome', 'at', 'actor'],
            },
          },
          reviews: { type: 'array', items: { $ref: '#/components/schemas/DeploymentReview' } },
          url: { type: 'string' },
          standing: {
            description: 'Absent for one that never succeeded.',
            type: 'string',
            enum: ['current', 'superseded', 'inactive'],
          },
          supersededBy: {
            description: 'The deployment that took its place.',
            type: 'integer',
            minimum: -9007199254740991,
            maximum: 9007199254740991,
          },
          rollback: {
            type: 'object',
            properties: {
              from: { description: 'The commit that was there.', type: 'string' },
              confidence: { type: 'string' },
              method: { type: 'string' },
            },
            required: ['method'],
          },
        },
        required: [
          'host',
          'id',
          'production',
          'actor',
          'onBehalfOf',
          'attribution',
          'state',
          'outcome',
          'statuses',
          'reviews',
        ],
        description:
          'Who sent which commit where, who let them, and whether it is what is there now.',
      },
      Deployments: {
        type: 'object',
        properties: {
          deployments: { type: 'array', items: { $ref: '#/components/schemas/Deployment' } },
        },
        required: ['deployments'],
      },
      NameSpan: {
        type: 'object',
        properties: {
          name: { type: 'string' },
          firstSeen: { type: 'string' },
          lastSeen: { type: 'string' },
        },
        required: ['name', 'firstSeen', 'lastSeen'],
        description: 'A name, and when the first and the last entry with it happened.',
      },
      Renaming: {
        type: 'object',
        properties: {
          at: { type: 'string' },
          kind: { type: 'string', enum: ['renamed', 'transferred'] },
          before: { type: ['string', 'null'] },
          after: { type: ['string', 'null'] },
          actor: { $ref: '#/components/schemas/Principal' },
        },
        required: ['at', 'kind', 'actor'],
      },
      Repository: {
        type: 'object',
        properties: {
          host: { type: 'string' },
          id: { type: 'integer', minimum: -9007199254740991, maximum: 9007199254740991 },
          name: { description: 'As of the latest entry.', type: 'string' },
          names: {
            type: 'array',
            items: { $ref: '#/components/schemas/NameSpan' },
            description: 'The oldest first.',
          },
          renamings: { type: 'array', items: { $ref: '#/components/schemas/Renaming' } },
          account: { $ref: '#/components/schemas/HostedName' },
          visibility: { description: 'GitHub’s word: public, private, internal.', type: 'string' },
          archived: { type: 'boolean' },
          defaultBranch: { type: 'string' },
          deleted: { type: 'boolean' },
          installationId: {
            type: 'integer',
            minimum: -9007199254740991,
            maximum: 9007199254740991,
          },
          firstSeen: { type: 'string' },
          lastSeen: { type: 'string' },
        },
        required: ['host', 'id', 'names', 'renamings', 'deleted', 'firstSeen', 'lastSeen'],
        description: 'A repository through all its names.',
      },
      Account: {
        type: 'object',
        properties: {
          host: { type: 'string' },
          id: { type: 'integer', minimum: -9007199254740991, maximum: 9007199254740991 },
          name: { description: 'As of the latest entry.', type: 'string' },
          names: {
            type: 'array',
            items: { $ref: '#/components/schemas/NameSpan' },
            description: 'The oldest first.',
          },
          renamings: { type: 'array', items: { $ref: '#/components/schemas/Renaming' } },
          type: { description: 'Organization or User.', type: 'string' },
          deleted: { type: 'boolean' },
          installationIds: {
            type: 'array',
            items: { type: 'integer', minimum: -9007199254740991, maximum: 9007199254740991 },
          },
          firstSeen: { type: 'string' },
          lastSeen: { type: 'string' },
        },
        required: [
          'host',
          'id',
          'names',
          'renamings',
          'deleted',
          'installationIds',
          'firstSeen',
          'lastSeen',
        ],
        description: 'An organisation or person that owns repositories or installed Hooktrail.',
      },
      Installation: {
        type: 'object',
        properties: {
          host: { type: 'string' },
          id: { type: 'integer', minimum: -9007199254740991, maximum: 9007199254740991 },
          account: { $ref: '#/components/schemas/HostedName' },
          app: { type: 'string' },
          state: { type: 'string', enum: ['active', 'suspended', 'deleted'] },
          endedBy: { $ref: '#/components/schemas/Principal' },
          endedAt: { type: 'string' },
          installedBy: { $ref: '#/components/schemas/Principal' },
          installedAt: { type: 'string' },
          permissions: { type: 'object', propertyNames: { type: 'string' } },
          events: { type: 'array', items: { type: 'string' } },
          repositorySelection: { description: 'all or selected.', type: 'string' },
          repositories: {
            type: 'array',
            items: {
              type: 'object',
              properties: {
                id: { type: 'integer', minimum: -9007199254740991, maximum: 9007199254740991 },
                name: { type: 'string' },
              },
              required: ['id', 'name'],
            },
          },
          unnamedRepositories: {
            type: 'integer',
            minimum: -9007199254740991,
            maximum: 9007199254740991,
            description: 'Counted by a delivery that did not name them.',
          },
          url: { type: 'string' },
        },
        required: ['host', 'id', 'state', 'repositories', 'unnamedRepositories'],
        description: 'An installation of Hooktrail: what it may see, and whether it does.',
      },
      Installations: {
        type: 'object',
        properties: {
          installations: { type: 'array', items: { $ref: '#/components/schemas/Installation' } },
        },
        required: ['installations'],
      },
      Repositories: {
        type: 'object',
        properties: {
          repositories: { type: 'array', items: { $ref: '#/components/schemas/Repository' } },
        },
        required: ['repositories'],
      },
      Accounts: {
        type: 'object',
        properties: {
          accounts: { type: 'array', items: { $ref: '#/components/schemas/Account' } },
        },
        required: ['accounts'],
      },
      PullReview: {
        type: 'object',
        properties: {
          id: {
            anyOf: [
              { type: 'integer', minimum: -9007199254740991, maximum: 9007199254740991 },
              { type: 'string' },
            ],
          },
          verdict: {
            type: 'string',
            enum: ['approved', 'changes_requested', 'commented', 'dismissed'],
          },
          reviewer: { $ref: '#/components/schemas/Principal' },
          at: { type: 'string' },
          sha: { description: 'The commit that was looked at.', type: 'string' },
          comment: { type: ['string', 'null'] },
          dismissedBy: { $ref: '#/components/schemas/Principal' },
          url: { type: 'string' },
        },
        required: ['id', 'verdict', 'reviewer', 'at'],
      },
      Merge: {
        type: 'object',
        properties: {
          way: { type: 'string', enum: ['direct', 'auto_merge', 'merge_queue'] },
          attribution: { $ref: '#/components/schemas/Attribution' },
          at: { type: 'string' },
          actor: { $ref: '#/components/schemas/Principal' },
          requestedBy: {
            description: 'Who asked for it beforehand.',
            $ref: '#/components/schemas/Principal',
          },
          commit: { type: 'string' },
          byAuthor: { type: 'boolean' },
        },
        required: ['way', 'attribution', 'at', 'actor', 'byAuthor'],
      },
      PullRequest: {
        type: 'object',
        properties: {
          repo: { $ref: '#/components/schemas/HostedName' },
          number: { type: 'integer', minimum: -9007199254740991, maximum: 9007199254740991 },
          state: { type: 'string', enum: ['open', 'closed', 'merged'] },
          draft: { type: 'boolean' },
          title: { type: ['string', 'null'] },
          author: { $ref: '#/components/schemas/Principal' },
          openedAt: { type: 'string' },
          closedBy: {
            description: 'Whoever closed it without merging.',
            $ref: '#/components/schemas/Principal',
          },
          base: { type: 'string' },
          head: { type: 'string' },
          headSha: { type: 'string' },
          headRepo: { $ref: '#/components/schemas/HostedName' },
          inQueue: { type: 'boolean' },
          reviews: { type: 'array', items: { $ref: '#/components/schemas/PullReview' } },
          merge: { $ref: '#/components/schemas/Merge' },
          url: { type: 'string' },
        },
        required: ['repo', 'number', 'state', 'draft', 'author', 'inQueue', 'reviews'],
        description: 'A pull request: who opened, reviewed and merged it, and in which way.',
      },
      PullRequests: {
        type: 'object',
        properties: {
          pullRequests: { type: 'array', items: { $ref: '#/components/schemas/PullRequest' } },
        },
        required: ['pullRequests'],
      },
      Job: {
        type: 'object',
        properties: {
          jobId: { type: 'integer', minimum: -9007199254740991, maximum: 9007199254740991 },
          name: { type: 'string' },
          status: { type: 'string', enum: ['queued', 'waiting', 'in_progress', 'completed'] },
          outcome: {
            type: 'string',
            enum: [
              'success',
              'failure',
              'cancelled',
              'skipped',
              'timeout',
              'error',
              'neutral',
              'pending',
              'unknown',
            ],
          },
          environment: { type: 'string' },
          runner: {
            type: 'object',
            properties: {
              name: { type: 'string' },
              group: { type: 'string' },
              labels: { type: 'array', items: { type: 'string' } },
            },
          },
          startedAt: { type: 'string' },
          completedAt: { type: 'string' },
          url: { type: 'string' },
          steps: {
            type: 'array',
            items: {
              type: 'object',
              properties: { name: { type: 'string' }, conclusion: { type: 'string' } },
              required: ['name', 'conclusion'],
            },
          },
        },
        required: ['name', 'status', 'outcome', 'steps'],
      },
      Attempt: {
        type: 'object',
        properties: {
          attempt: { type: 'integer', minimum: -9007199254740991, maximum: 9007199254740991 },
          status: {
            type: 'string',
            enum: ['requested', 'queued', 'waiting', 'in_progress', 'completed'],
          },
          outcome: {
            type: 'string',
            enum: [
              'success',
              'failure',
              'cancelled',
              'skipped',
              'timeout',
              'error',
              'neutral',
              'pending',
              'unknown',
            ],
          },
          conclusion: { type: 'string' },
          actor: { $ref: '#/components/schemas/Principal' },
          onBehalfOf: { type: 'array', items: { $ref: '#/components/schemas/Principal' } },
          triggeringActor: { $ref: '#/components/schemas/Principal' },
          attribution: { $ref: '#/components/schemas/Attribution' },
          jobsRunAgain: { type: 'string', enum: ['all', 'failed', 'some'] },
          startedAt: { type: 'string' },
          completedAt: { type: 'string' },
          url: { type: 'string' },
          jobs: { type: 'array', items: { $ref: '#/components/schemas/Job' } },
        },
        required: ['attempt', 'status', 'outcome', 'actor', 'onBehalfOf', 'attribution', 'jobs'],
      },
      Run: {
        type: 'object',
        properties: {
          runId: { type: 'integer', minimum: -9007199254740991, maximum: 9007199254740991 },
          repo: { $ref: '#/components/schemas/HostedName' },
          runNumber: { type: 'integer', minimum: -9007199254740991, maximum: 9007199254740991 },
          workflow: { type: 'string' },
          workflowPath: { type: 'string' },
          event: { type: 'string' },
          ref: { type: 'string' },
          headSha: { type: 'string' },
          headRepo: { $ref: '#/components/schemas/HostedName' },
          title: { type: ['string', 'null'] },
          pullRequests: {
            type: 'array',
            items: { type: 'integer', minimum: -9007199254740991, maximum: 9007199254740991 },
          },
          referencedWorkflows: {
            type: 'array',
            items: {
              type: 'object',
              properties: { path: { type: 'string' }, sha: { type: 'string' } },
              required: ['path', 'sha'],
            },
          },
          url: { type: 'string' },
          attempts: { type: 'array', items: { $ref: '#/components/schemas/Attempt' } },
        },
        required: ['runId', 'workflow', 'pullRequests', 'referencedWorkflows', 'attempts'],
        description: 'A workflow run with all its attempts, computed from its entries.',
      },
      RunInputs: {
        type: 'object',
        properties: {
          runId: { type: 'integer', minimum: -9007199254740991, maximum: 9007199254740991 },
          values: { type: 'object', propertyNames: { type: 'string' } },
          actor: { $ref: '#/components/schemas/Principal' },
          confidence: { type: 'string' },
          method: { type: 'string' },
        },
        required: ['runId', 'values', 'actor', 'confidence', 'method'],
        description: 'What a run was dispatched with, by whom, and how sure we are.',
      },
      Runs: {
        type: 'object',
        properties: {
          runs: {
            type: 'array',
            items: {
              type: 'object',
              properties: {
                run: { $ref: '#/components/schemas/Run' },
                inputs: { $ref: '#/components/schemas/RunInputs' },
                reviews: {
                  type: 'array',
                  items: { $ref: '#/components/schemas/DeploymentReview' },
                  description: 'In the order of time.',
                },
                deployments: { type: 'array', items: { $ref: '#/components/schemas/Deployment' } },
                entries: {
                  type: 'integer',
                  minimum: -9007199254740991,
                  maximum: 9007199254740991,
                  description: 'How many entries tell of it.',
                },
              },
              required: ['run', 'reviews', 'deployments', 'entries'],
            },
          },
        },
        required: ['runs'],
      },
      Subject: {
        type: 'object',
        properties: {
          subject: { type: 'string', description: 'The random id that stands for them in leaves.' },
          host: { type: 'string' },
          type: {
            type: 'string',
            enum: ['user', 'app', 'bot', 'deploy_key', 'token', 'system', 'unknown'],
          },
          login: { description: 'As of the latest entry.', type: 'string' },
          logins: {
            type: 'array',
            items: { $ref: '#/components/schemas/NameSpan' },
            description: 'The oldest first.',
          },
          displays: { type: 'array', items: { $ref: '#/components/schemas/NameSpan' } },
          firstSeen: { type: 'string' },
          lastSeen: { type: 'string' },
        },
        required: ['subject', 'host', 'type', 'logins', 'displays', 'firstSeen', 'lastSeen'],
        description: 'A person or a machine through all its logins.',
      },
      Subjects: {
        type: 'object',
        properties: {
          subjects: {
            type: 'array',
            items: {
              type: 'object',
              properties: {
                state: { $ref: '#/components/schemas/Subject' },
                complete: {
                  type: 'boolean',
                  description:
                    'False: so many entries name them that a short-lived login may be missing.',
                },
              },
              required: ['state', 'complete'],
            },
          },
        },
        required: ['subjects'],
      },
      Problem: {
        type: 'object',
        description: 'What went wrong (RFC 9457). `code` is stable, `detail` is for people.',
        properties: {
          type: { type: 'string' },
          status: { type: 'integer' },
          code: { type: 'string' },
          title: { type: 'string' },
          detail: { type: 'string' },
          position: { type: 'integer', description: 'Where in the query, in UTF-16 code units.' },
          length: { type: 'integer' },
          suggestion: { type: 'string', description: 'What could stand there instead.' },
        },
        required: ['type', 'status', 'code', 'title', 'detail'],
      },
    },
  },
}
