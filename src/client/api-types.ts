// Written by `npm run docs` from the description of /api/v1 (src/api/openapi); do not edit.
/* eslint-disable */
import type { Json } from '../core/domain/index.js'
export interface paths {
  '/api/v1/entries': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * Entries that a query means, newest first
     * @description Ordered by occurred_at, then seq. A cursor stays valid while the log grows, and entries that arrive meanwhile move nothing. As NDJSON or CSV (`format`, or the header Accept): all of them at once, of whatever number, which needs the scope `export` and is recorded; what does not end with a line `{"end":…}`, or a record that begins with `end`, is cut off. Needs the scope `read`.
     */
    get: operations['listEntries']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/entries/tail': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * Entries that a query means, as they are recorded
     * @description Server-sent events `entry`, in the order of the log, each with the entry’s number as its id. Whoever lost the connection sends the last id as `Last-Event-ID`, as browsers do: nothing is missed or doubled. Where nothing was meant for a while a comment comes, with an id up to which was looked. Needs the scope `read`.
     */
    get: operations['tailEntries']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/entries/{reference}': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * One entry
     * @description By its number or by its id. Needs the scope `read`.
     */
    get: operations['showEntry']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/entries/{reference}/proof': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * The proof that an entry is in the log
     * @description Under the newest checkpoint: a C2SP tlog-proof file, which needs nothing of ours to be checked (docs/verification.md). Needs the scope `read`.
     */
    get: operations['proveEntry']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/entries/{reference}/place': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * How an entry stands in the log
     * @description Its leaf hash, and size and root hash of the tree that it is proven in: that of the newest checkpoint, or, as long as none covers the entry, the tree as it is. Also which entries it replaced, and which replaced it, where its delivery was read again and the token sees them all. Needs the scope `read`.
     */
    get: operations['placeEntry']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/entries/{reference}/related': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * What surrounds an entry
     * @description What belongs to the same run, pull request or deployment; what the same actor did around it; what happened to the same target before and after. Each list is in the order of time. Needs the scope `read`.
     */
    get: operations['relateEntry']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/runs/{run_id}': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * A workflow run’s story
     * @description Every attempt with who started it and its jobs, what it was dispatched with, who approved and what was deployed, computed from the entries of the run; once for each host that has a run with this id. Needs the scope `read`.
     */
    get: operations['showRun']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/deployments/{deployment_id}': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * What became of a deployment
     * @description Who sent which commit where, who approved it, whether it stands there still, and whether it put an older commit in place of a newer one; once for each host that has one with this id. Needs the scope `read`.
     */
    get: operations['showDeployment']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/repositories/{owner}/{repository}/pulls/{number}': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * A pull request’s story
     * @description Who opened, reviewed and merged it, and in which way, computed from its entries; in each repository that has or had the name. Needs the scope `read`.
     */
    get: operations['showPullRequest']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/subjects/{reference}': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * A person or machine, by a login or by id
     * @description All logins and names, and when they were seen. Of one who was erased there is nothing to find. Needs the scope `read`.
     */
    get: operations['showSubject']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/repositories/{owner}/{repository}': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * A repository, by a name that it has or had
     * @description Its names, visibility, owner and installation, computed from its entries. Several may have had the name: the one that had it last comes first. Needs the scope `read`.
     */
    get: operations['showRepository']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/repositories/{repository_id}': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * A repository, by its id
     * @description As by its name; once for each host that has one with this id. Needs the scope `read`.
     */
    get: operations['showRepositoryById']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/accounts/{account}': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * An organisation or account, by a name that it has or had
     * @description Its names and installations, computed from its entries. Needs the scope `read`.
     */
    get: operations['showAccount']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/installations/{installation_id}': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * What an installation of Hooktrail may see
     * @description Its permissions, events and repositories, who installed it, and who suspended or removed it; once for each host that has one with this id. Needs the scope `read`.
     */
    get: operations['showInstallation']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/facets': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * The most frequent values of each field among the entries of a query
     * @description Each field is counted without its own terms in the query, so that the values beside the chosen one can be seen. Needs the scope `read`.
     */
    get: operations['countFacets']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/histogram': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * How many entries of a query there are over time
     * @description In buckets that people think in, for the time that the query names or its entries take. Days begin at midnight of the time zone. Needs the scope `read`.
     */
    get: operations['countOverTime']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/explanation': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * What a query means, in words
     * @description With every date as the moment that it stands for. What was saved stands as it is now. Needs the scope `read`.
     */
    get: operations['explainQuery']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/completion': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * What could stand at the cursor of a query
     * @description Keys, operators and values; those of actors, repositories, workflows, environments and actions from the log, the most frequent first, among the entries that the rest of the query means. Faults elsewhere in the query do not matter. Needs the scope `read`.
     */
    get: operations['completeQuery']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/tokens': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * Every token of this API, the newest first
     * @description What each may do, for whom, until when, and when it was last used; never its secret. Expired and revoked ones too. They are made and revoked by `hooktrail token` only. Needs the scope `admin`.
     */
    get: operations['listTokens']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/saved-queries': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * Queries that have a name
     * @description By organisation and name: what `saved:` may name in a query. Needs the scope `read`.
     */
    get: operations['listSavedQueries']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
}
export type webhooks = Record<string, never>
export interface components {
  schemas: {
    Facets: {
      facets: {
        /** @description A key of the query language. */
        field: string
        values: {
          value: string
          entries: number
        }[]
        /** @description False: the numbers are estimates. */
        exact: boolean
        /** @description One entry of so many was looked at; 1: each. An estimate of n is off by more than 2·√(sampled·n) in one case of 20. */
        sampled: number
      }[]
    }
    Histogram: {
      /** @description How long a bucket is: 1 hour, 1 day, … */
      width: string
      /** @description Oldest first, without a gap. */
      buckets: {
        from: string
        entries: number
      }[]
      total: number
      /** @description False: the numbers are estimates. */
      exact: boolean
      /** @description One entry of so many was looked at; 1: each. An estimate of n is off by more than 2·√(sampled·n) in one case of 20. */
      sampled: number
    }
    Completion: {
      /** @description The text that a choice takes the place of. */
      replace: {
        position: number
        length: number
      }
      choices: {
        text: string
        /** @enum {string} */
        kind: 'key' | 'operator' | 'value'
        description: string
        /** @description How many have this value; an estimate where there are many. */
        entries?: number
      }[]
    }
    Explanation: {
      /** @description The query as it was understood, with absolute dates. */
      query: string
      explanation: string
      time_zone: string
    }
    /** @description A thing on a host: names change, ids do not. */
    HostedName: {
      host: string
      id: number
      name: string
    }
    /** @description Who did something. `login` and `display` are null when the person was erased. */
    Principal: {
      /** @enum {string} */
      type: 'user' | 'app' | 'bot' | 'deploy_key' | 'token' | 'system' | 'unknown'
      /** @description Random id that the log gives a person or machine. */
      subject?: string
      login?: string | null
      display?: string | null
    }
    /** @description How sure we are of the actor, and from which field we know. */
    Attribution: {
      /** @enum {string} */
      confidence: 'verified' | 'derived' | 'unknown'
      method: string
    }
    /** @description One fact of the log (docs/entry.md). null in place of a text: it was erased. */
    Entry: {
      /** @constant */
      schema: 1
      /** Format: uuid */
      id: string
      /** @description Its number in the log, from 0 on without a gap. */
      seq: number
      /**
       * Format: date-time
       * @description When it happened, as the source states it.
       */
      occurred_at: string
      /**
       * Format: date-time
       * @description When it was written to the log.
       */
      recorded_at: string
      /** @description What happened: `<entity>.<participle>` (docs/events.md). */
      action: string
      /** @enum {string} */
      operation: 'create' | 'read' | 'update' | 'delete' | 'execute' | 'approve' | 'authenticate'
      /** @enum {string} */
      category:
        | 'build'
        | 'source'
        | 'deployment'
        | 'pipeline'
        | 'secret'
        | 'security'
        | 'setting'
        | 'access'
        | 'artifact'
        | 'quality'
        | 'finding'
        | 'collaboration'
        | 'system'
      /** @enum {string} */
      outcome:
        | 'success'
        | 'failure'
        | 'cancelled'
        | 'skipped'
        | 'timeout'
        | 'error'
        | 'neutral'
        | 'pending'
        | 'unknown'
      /** @description 0 info, 1 low, 2 medium, 3 high, 4 critical. */
      severity: 0 | 1 | 2 | 3 | 4
      actor: components['schemas']['Principal']
      triggering_actor?: components['schemas']['Principal']
      on_behalf_of?: components['schemas']['Principal'][]
      attribution: components['schemas']['Attribution']
      targets: {
        type: string
        id?: number | string
        name?: string | null
        url?: string
      }[]
      account?: components['schemas']['HostedName']
      repo?: components['schemas']['HostedName']
      ci?: {
        workflow?: string
        workflow_path?: string
        workflow_sha?: string
        run_id?: number
        run_number?: number
        run_attempt?: number
        job_id?: number
        job?: string
        event?: string
        ref?: string
        before_sha?: string
        head_sha?: string
        head_repo?: components['schemas']['HostedName']
        pull_requests?: number[]
        environment?: string
        runner?: {
          name?: string
          group?: string
          labels?: string[]
        }
        title?: string | null
        inputs?: Record<string, never>
        started_at?: string
        completed_at?: string
        referenced_workflows?: {
          path: string
          sha: string
        }[]
        steps?: {
          name: string
          conclusion: string
        }[]
        artifacts?: {
          name: string
          digest?: string
        }[]
      }
      changes?: {
        path: string
        before?: Json
        after?: Json
      }[]
      snapshot?: {
        type: string
        id: number | string
        value: Json
        /** @constant */
        cut?: true
      }
      reason?: string | null
      links?: {
        rel: string
        url: string
      }[]
      source: {
        system: string
        /** @enum {string} */
        kind:
          | 'webhook'
          | 'recovery'
          | 'poll'
          | 'backfill'
          | 'audit_api'
          | 'upload'
          | 'reprocess'
          | 'internal'
        delivery_id: string
        event: string
        raw_digest?: string
      }
      correlation_id?: string
      labels?: Record<string, never>
    }
    EntryPage: {
      entries: components['schemas']['Entry'][]
      /** @description Null on the last page. */
      next_cursor: string | null
    }
    SavedQueries: {
      saved: {
        organisation: string
        name: string
        query: string
      }[]
    }
    Tokens: {
      tokens: {
        /** Format: uuid */
        id: string
        name: string
        scopes: string[]
        organisations: string[]
        repositories: string[]
        /** Format: date-time */
        created_at: string
        expires_at: string | null
        revoked_at: string | null
        /** @description To the minute. */
        last_used_at: string | null
      }[]
    }
    /** @description The entries of another reading of the same delivery. */
    Reading: {
      /** @description 1: as the delivery was first read. */
      reading: number
      first_seq: number
      entries: number
    }
    EntryPlace: {
      seq: number
      /** @description Hex. */
      leaf_hash: string | null
      /** @description Entries in the tree. */
      size: number
      /** @description Hex. */
      root: string
      /** @description Who signed; absent as long as nobody did. */
      origin?: string
      /** @description As /proof gives it. */
      tlog_proof: string | null
      replaces?: components['schemas']['Reading']
      replaced_by?: components['schemas']['Reading']
    }
    RelatedEntries: {
      /** @description Of the same run; of the same pull request or deployment on this commit. */
      together: components['schemas']['Entry'][]
      /** @description Of the same actor, within five minutes. */
      actor: components['schemas']['Entry'][]
      /** @description About the same first target, the last ones before. */
      before: components['schemas']['Entry'][]
      /** @description About the same first target, the next ones after. */
      after: components['schemas']['Entry'][]
    }
    /** @description That somebody was asked to let a job deploy, did, or refused. */
    DeploymentReview: {
      /** @enum {string} */
      verdict: 'requested' | 'approved' | 'rejected'
      actor: components['schemas']['Principal']
      at: string
      runId: number
      attempt: number
      environments: string[]
      comment?: string | null
      /** @description Whether whoever started the run decided on it. */
      ownRun: boolean
      /** @description Of a request: who may decide. */
      reviewers: (string | null)[]
    }
    /** @description Who sent which commit where, who let them, and whether it is what is there now. */
    Deployment: {
      host: string
      id: number
      repo?: components['schemas']['HostedName']
      environment?: string
      sha?: string
      ref?: string
      task?: string
      production: boolean
      runId?: number
      runAttempt?: number
      workflow?: string
      actor: components['schemas']['Principal']
      onBehalfOf: components['schemas']['Principal'][]
      attribution: components['schemas']['Attribution']
      createdAt?: string
      description?: string | null
      /** @description GitHub’s word for where it is. */
      state: string
      /** @enum {string} */
      outcome:
        | 'success'
        | 'failure'
        | 'cancelled'
        | 'skipped'
        | 'timeout'
        | 'error'
        | 'neutral'
        | 'pending'
        | 'unknown'
      statuses: {
        state: string
        /** @enum {string} */
        outcome:
          | 'success'
          | 'failure'
          | 'cancelled'
          | 'skipped'
          | 'timeout'
          | 'error'
          | 'neutral'
          | 'pending'
          | 'unknown'
        at: string
        actor: components['schemas']['Principal']
        description?: string | null
        url?: string
      }[]
      reviews: components['schemas']['DeploymentReview'][]
      url?: string
      /**
       * @description Absent for one that never succeeded.
       * @enum {string}
       */
      standing?: 'current' | 'superseded' | 'inactive'
      /** @description The deployment that took its place. */
      supersededBy?: number
      rollback?: {
        /** @description The commit that was there. */
        from?: string
        confidence?: string
        method: string
      }
    }
    Deployments: {
      deployments: components['schemas']['Deployment'][]
    }
    /** @description A name, and when the first and the last entry with it happened. */
    NameSpan: {
      name: string
      firstSeen: string
      lastSeen: string
    }
    Renaming: {
      at: string
      /** @enum {string} */
      kind: 'renamed' | 'transferred'
      before?: string | null
      after?: string | null
      actor: components['schemas']['Principal']
    }
    /** @description A repository through all its names. */
    Repository: {
      host: string
      id: number
      /** @description As of the latest entry. */
      name?: string
      /** @description The oldest first. */
      names: components['schemas']['NameSpan'][]
      renamings: components['schemas']['Renaming'][]
      account?: components['schemas']['HostedName']
      /** @description GitHub’s word: public, private, internal. */
      visibility?: string
      archived?: boolean
      defaultBranch?: string
      deleted: boolean
      installationId?: number
      firstSeen: string
      lastSeen: string
    }
    /** @description An organisation or person that owns repositories or installed Hooktrail. */
    Account: {
      host: string
      id: number
      /** @description As of the latest entry. */
      name?: string
      /** @description The oldest first. */
      names: components['schemas']['NameSpan'][]
      renamings: components['schemas']['Renaming'][]
      /** @description Organization or User. */
      type?: string
      deleted: boolean
      installationIds: number[]
      firstSeen: string
      lastSeen: string
    }
    /** @description An installation of Hooktrail: what it may see, and whether it does. */
    Installation: {
      host: string
      id: number
      account?: components['schemas']['HostedName']
      app?: string
      /** @enum {string} */
      state: 'active' | 'suspended' | 'deleted'
      endedBy?: components['schemas']['Principal']
      endedAt?: string
      installedBy?: components['schemas']['Principal']
      installedAt?: string
      permissions?: Record<string, never>
      events?: string[]
      /** @description all or selected. */
      repositorySelection?: string
      repositories: {
        id: number
        name: string
      }[]
      /** @description Counted by a delivery that did not name them. */
      unnamedRepositories: number
      url?: string
    }
    Installations: {
      installations: components['schemas']['Installation'][]
    }
    Repositories: {
      repositories: components['schemas']['Repository'][]
    }
    Accounts: {
      accounts: components['schemas']['Account'][]
    }
    PullReview: {
      id: number | string
      /** @enum {string} */
      verdict: 'approved' | 'changes_requested' | 'commented' | 'dismissed'
      reviewer: components['schemas']['Principal']
      at: string
      /** @description The commit that was looked at. */
      sha?: string
      comment?: string | null
      dismissedBy?: components['schemas']['Principal']
      url?: string
    }
    Merge: {
      /** @enum {string} */
      way: 'direct' | 'auto_merge' | 'merge_queue'
      attribution: components['schemas']['Attribution']
      at: string
      actor: components['schemas']['Principal']
      /** @description Who asked for it beforehand. */
      requestedBy?: components['schemas']['Principal']
      commit?: string
      byAuthor: boolean
    }
    /** @description A pull request: who opened, reviewed and merged it, and in which way. */
    PullRequest: {
      repo: components['schemas']['HostedName']
      number: number
      /** @enum {string} */
      state: 'open' | 'closed' | 'merged'
      draft: boolean
      title?: string | null
      author: components['schemas']['Principal']
      openedAt?: string
      /** @description Whoever closed it without merging. */
      closedBy?: components['schemas']['Principal']
      base?: string
      head?: string
      headSha?: string
      headRepo?: components['schemas']['HostedName']
      inQueue: boolean
      reviews: components['schemas']['PullReview'][]
      merge?: components['schemas']['Merge']
      url?: string
    }
    PullRequests: {
      pullRequests: components['schemas']['PullRequest'][]
    }
    Job: {
      jobId?: number
      name: string
      /** @enum {string} */
      status: 'queued' | 'waiting' | 'in_progress' | 'completed'
      /** @enum {string} */
      outcome:
        | 'success'
        | 'failure'
        | 'cancelled'
        | 'skipped'
        | 'timeout'
        | 'error'
        | 'neutral'
        | 'pending'
        | 'unknown'
      environment?: string
      runner?: {
        name?: string
        group?: string
        labels?: string[]
      }
      startedAt?: string
      completedAt?: string
      url?: string
      steps: {
        name: string
        conclusion: string
      }[]
    }
    Attempt: {
      attempt: number
      /** @enum {string} */
      status: 'requested' | 'queued' | 'waiting' | 'in_progress' | 'completed'
      /** @enum {string} */
      outcome:
        | 'success'
        | 'failure'
        | 'cancelled'
        | 'skipped'
        | 'timeout'
        | 'error'
        | 'neutral'
        | 'pending'
        | 'unknown'
      conclusion?: string
      actor: components['schemas']['Principal']
      onBehalfOf: components['schemas']['Principal'][]
      triggeringActor?: components['schemas']['Principal']
      attribution: components['schemas']['Attribution']
      /** @enum {string} */
      jobsRunAgain?: 'all' | 'failed' | 'some'
      startedAt?: string
      completedAt?: string
      url?: string
      jobs: components['schemas']['Job'][]
    }
    /** @description A workflow run with all its attempts, computed from its entries. */
    Run: {
      runId: number
      repo?: components['schemas']['HostedName']
      runNumber?: number
      workflow: string
      workflowPath?: string
      event?: string
      ref?: string
      headSha?: string
      headRepo?: components['schemas']['HostedName']
      title?: string | null
      pullRequests: number[]
      referencedWorkflows: {
        path: string
        sha: string
      }[]
      url?: string
      attempts: components['schemas']['Attempt'][]
    }
    /** @description What a run was dispatched with, by whom, and how sure we are. */
    RunInputs: {
      runId: number
      values: Record<string, never>
      actor: components['schemas']['Principal']
      confidence: string
      method: string
    }
    Runs: {
      runs: {
        run: components['schemas']['Run']
        inputs?: components['schemas']['RunInputs']
        /** @description In the order of time. */
        reviews: components['schemas']['DeploymentReview'][]
        deployments: components['schemas']['Deployment'][]
        /** @description How many entries tell of it. */
        entries: number
      }[]
    }
    /** @description A person or a machine through all its logins. */
    Subject: {
      /** @description The random id that stands for them in leaves. */
      subject: string
      host: string
      /** @enum {string} */
      type: 'user' | 'app' | 'bot' | 'deploy_key' | 'token' | 'system' | 'unknown'
      /** @description As of the latest entry. */
      login?: string
      /** @description The oldest first. */
      logins: components['schemas']['NameSpan'][]
      displays: components['schemas']['NameSpan'][]
      firstSeen: string
      lastSeen: string
    }
    Subjects: {
      subjects: {
        state: components['schemas']['Subject']
        /** @description False: so many entries name them that a short-lived login may be missing. */
        complete: boolean
      }[]
    }
    /** @description What went wrong (RFC 9457). `code` is stable, `detail` is for people. */
    Problem: {
      type: string
      status: number
      code: string
      title: string
      detail: string
      /** @description Where in the query, in UTF-16 code units. */
      position?: number
      length?: number
      /** @description What could stand there instead. */
      suggestion?: string
    }
  }
  responses: never
  parameters: never
  requestBodies: never
  headers: never
  pathItems: never
}
export type $defs = Record<string, never>
export interface operations {
  listEntries: {
    parameters: {
      query?: {
        /** @description A query (docs/query-language.md). Without one: everything. */
        query?: string
        /** @description IANA name of the time zone of dates in the query; the server’s own by default. */
        tz?: string
        /** @description Entries in the page. */
        limit?: number
        /** @description `next_cursor` of the page before, as it came; with the same query. */
        cursor?: string
        /** @description json: a page; ndjson, csv: all entries, as a stream. Without it the header Accept says. */
        format?: 'json' | 'ndjson' | 'csv'
      }
      header?: never
      path?: never
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Entries that a query means, newest first */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['EntryPage']
          'application/x-ndjson': string
          'text/csv': string
        }
      }
      /** @description `query.syntax`: The query cannot be read; `query.field`: The query has an unknown key; `query.value`: The query has a value that its key does not take; `query.saved`: The query names a saved query that cannot be used; `search.cursor`: The cursor is not valid; `search.words`: The query cannot be searched for; `api.parameter`: A parameter is not understood */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': {
            /** @enum {unknown} */
            code?:
              | 'query.syntax'
              | 'query.field'
              | 'query.value'
              | 'query.saved'
              | 'search.cursor'
              | 'search.words'
              | 'api.parameter'
          } & components['schemas']['Problem']
        }
      }
      /** @description `api.unauthorized`: A valid token is needed */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': {
            /** @enum {unknown} */
            code?: 'api.unauthorized'
          } & components['schemas']['Problem']
        }
      }
      /** @description `api.scope`: The token does not allow this */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': {
            /** @enum {unknown} */
            code?: 'api.scope'
          } & components['schemas']['Problem']
        }
      }
      /** @description `api.limit`: Too much at once */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': {
            /** @enum {unknown} */
            code?: 'api.limit'
          } & components['schemas']['Problem']
        }
      }
      /** @description `api.internal`: Something went wrong */
      500: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': {
            /** @enum {unknown} */
            code?: 'api.internal'
          } & components['schemas']['Problem']
        }
      }
      /** @description `search.timeout`: The search took too long; `unavailable`: The database does not answer */
      503: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': {
            /** @enum {unknown} */
            code?: 'search.timeout' | 'unavailable'
          } & components['schemas']['Problem']
        }
      }
    }
  }
  tailEntries: {
    parameters: {
      query?: {
        /** @description A query (docs/query-language.md). Without one: everything. */
        query?: string
        /** @description IANA name of the time zone of dates in the query; the server’s own by default. */
        tz?: string
        /** @description The first number that is looked at; without it, what comes from now on. */
        from?: number
      }
      header?: never
      path?: never
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Entries that a query means, as they are recorded */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'text/event-stream': string
        }
      }
      /** @description `query.syntax`: The query cannot be read; `query.field`: The query has an unknown key; `query.value`: The query has a value that its key does not take; `query.saved`: The query names a saved query that cannot be used; `search.words`: The query cannot be searched for; `api.parameter`: A parameter is not understood */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': {
            /** @enum {unknown} */
            code?:
              | 'query.syntax'
              | 'query.field'
              | 'query.value'
              | 'query.saved'
              | 'search.words'
              | 'api.parameter'
          } & components['schemas']['Problem']
        }
      }
      /** @description `api.unauthorized`: A valid token is needed */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': {
            /** @enum {unknown} */
            code?: 'api.unauthorized'
          } & components['schemas']['Problem']
        }
      }
      /** @description `api.scope`: The token does not allow this */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': {
            /** @enum {unknown} */
            code?: 'api.scope'
          } & components['schemas']['Problem']
        }
      }
      /** @description `api.limit`: Too much at once */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': {
            /** @enum {unknown} */
            code?: 'api.limit'
          } & components['schemas']['Problem']
        }
      }
      /** @description `api.internal`: Something went wrong */
      500: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': {
            /** @enum {unknown} */
            code?: 'api.internal'
          } & components['schemas']['Problem']
        }
      }
      /** @description `search.timeout`: The search took too long; `unavailable`: The database does not answer */
      503: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': {
            /** @enum {unknown} */
            code?: 'search.timeout' | 'unavailable'
          } & components['schemas']['Problem']
        }
      }
    }
  }
  showEntry: {
    parameters: {
      query?: never
      header?: never
      path: {
        /** @description An entry’s number (seq) or its id (a UUID). */
        reference: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description One entry */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['Entry']
        }
      }
      /** @description `search.reference`: The reference is neither an id nor a number; `api.parameter`: A parameter is not understood */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': {
            /** @enum {unknown} */
            code?: 'search.reference' | 'api.parameter'
          } & components['schemas']['Problem']
        }
      }
      /** @description `api.unauthorized`: A valid token is needed */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': {
            /** @enum {unknown} */
            code?: 'api.unauthorized'
          } & components['schemas']['Problem']
        }
      }
      /** @description `api.scope`: The token does not allow this */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': {
            /** @enum {unknown} */
            code?: 'api.scope'
          } & components['schemas']['Problem']
        }
      }
      /** @description `api.not_found`: Not found */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': {
            /** @enum {unknown} */
            code?: 'api.not_found'
          } & components['schemas']['Problem']
        }
      }
      /** @description `api.limit`: Too much at once */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': {
            /** @enum {unknown} */
            code?: 'api.limit'
          } & components['schemas']['Problem']
        }
      }
      /** @description `api.internal`: Something went wrong */
      500: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': {
            /** @enum {unknown} */
            code?: 'api.internal'
          } & components['schemas']['Problem']
        }
      }
      /** @description `search.timeout`: The search took too long; `unavailable`: The database does not answer */
      503: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': {
            /** @enum {unknown} */
            code?: 'search.timeout' | 'unavailable'
          } & components['schemas']['Problem']
        }
      }
    }
  }
  proveEntry: {
    parameters: {
      query?: never
      header?: never
      path: {
        /** @description An entry’s number (seq) or its id (a UUID). */
        reference: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description The proof that an entry is in the log */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'text/plain': string
        }
      }
      /** @description `search.reference`: The reference is neither an id nor a number; `api.parameter`: A parameter is not understood */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': {
            /** @enum {unknown} */
            code?: 'search.reference' | 'api.parameter'
          } & components['schemas']['Problem']
        }
      }
      /** @description `api.unauthorized`: A valid token is needed */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': {
            /** @enum {unknown} */
            code?: 'api.unauthorized'
          } & components['schemas']['Problem']
        }
      }
      /** @description `api.scope`: The token does not allow this */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': {
            /** @enum {unknown} */
            code?: 'api.scope'
          } & components['schemas']['Problem']
        }
      }
      /** @description `api.not_found`: Not found */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': {
            /** @enum {unknown} */
            code?: 'api.not_found'
          } & components['schemas']['Problem']
        }
      }
      /** @description `api.limit`: Too much at once */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': {
            /** @enum {unknown} */
            code?: 'api.limit'
          } & components['schemas']['Problem']
        }
      }
      /** @description `api.internal`: Something went wrong */
      500: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': {
            /** @enum {unknown} */
            code?: 'api.internal'
          } & components['schemas']['Problem']
        }
      }
      /** @description `search.timeout`: The search took too long; `unavailable`: The database does not answer */
      503: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': {
            /** @enum {unknown} */
            code?: 'search.timeout' | 'unavailable'
          } & components['schemas']['Problem']
        }
      }
    }
  }
  placeEntry: {
    parameters: {
      query?: never
      header?: never
      path: {
        /** @description An entry’s number (seq) or its id (a UUID). */
        reference: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description How an entry stands in the log */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['EntryPlace']
        }
      }
      /** @description `search.reference`: The reference is neither an id nor a number; `api.parameter`: A parameter is not understood */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': {
            /** @enum {unknown} */
            code?: 'search.reference' | 'api.parameter'
          } & components['schemas']['Problem']
        }
      }
      /** @description `api.unauthorized`: A valid token is needed */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': {
            /** @enum {unknown} */
            code?: 'api.unauthorized'
          } & components['schemas']['Problem']
        }
      }
      /** @description `api.scope`: The token does not allow this */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': {
            /** @enum {unknown} */
            code?: 'api.scope'
          } & components['schemas']['Problem']
        }
      }
      /** @description `api.not_found`: Not found */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': {
            /** @enum {unknown} */
            code?: 'api.not_found'
          } & components['schemas']['Problem']
        }
      }
      /** @description `api.limit`: Too much at once */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': {
            /** @enum {unknown} */
            code?: 'api.limit'
          } & components['schemas']['Problem']
        }
      }
      /** @description `api.internal`: Something went wrong */
      500: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': {
            /** @enum {unknown} */
            code?: 'api.internal'
          } & components['schemas']['Problem']
        }
      }
      /** @description `search.timeout`: The search took too long; `unavailable`: The database does not answer */
      503: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': {
            /** @enum {unknown} */
            code?: 'search.timeout' | 'unavailable'
          } & components['schemas']['Problem']
        }
      }
    }
  }
  relateEntry: {
    parameters: {
      query?: never
      header?: never
      path: {
        /** @description An entry’s number (seq) or its id (a UUID). */
        reference: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description What surrounds an entry */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['RelatedEntries']
        }
      }
      /** @description `search.reference`: The reference is neither an id nor a number; `api.parameter`: A parameter is not understood */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': {
            /** @enum {unknown} */
            code?: 'search.reference' | 'api.parameter'
          } & components['schemas']['Problem']
        }
      }
      /** @description `api.unauthorized`: A valid token is needed */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': {
            /** @enum {unknown} */
            code?: 'api.unauthorized'
          } & components['schemas']['Problem']
        }
      }
      /** @description `api.scope`: The token does not allow this */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': {
            /** @enum {unknown} */
            code?: 'api.scope'
          } & components['schemas']['Problem']
        }
      }
      /** @description `api.not_found`: Not found */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': {
            /** @enum {unknown} */
            code?: 'api.not_found'
          } & components['schemas']['Problem']
        }
      }
      /** @description `api.limit`: Too much at once */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': {
            /** @enum {unknown} */
            code?: 'api.limit'
          } & components['schemas']['Problem']
        }
      }
      /** @description `api.internal`: Something went wrong */
      500: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': {
            /** @enum {unknown} */
            code?: 'api.internal'
          } & components['schemas']['Problem']
        }
      }
      /** @description `search.timeout`: The search took too long; `unavailable`: The database does not answer */
      503: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': {
            /** @enum {unknown} */
            code?: 'search.timeout' | 'unavailable'
          } & components['schemas']['Problem']
        }
      }
    }
  }
  showRun: {
    parameters: {
      query?: never
      header?: never
      path: {
        /** @description The id in the address of the run’s page, not the number behind #. */
        run_id: number
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description A workflow run’s story */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['Runs']
        }
      }
      /** @description `api.parameter`: A parameter is not understood */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': {
            /** @enum {unknown} */
            code?: 'api.parameter'
          } & components['schemas']['Problem']
        }
      }
      /** @description `api.unauthorized`: A valid token is needed */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': {
            /** @enum {unknown} */
            code?: 'api.unauthorized'
          } & components['schemas']['Problem']
        }
      }
      /** @description `api.scope`: The token does not allow this */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': {
            /** @enum {unknown} */
            code?: 'api.scope'
          } & components['schemas']['Problem']
        }
      }
      /** @description `api.not_found`: Not found */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': {
            /** @enum {unknown} */
            code?: 'api.not_found'
          } & components['schemas']['Problem']
        }
      }
      /** @description `api.limit`: Too much at once */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': {
            /** @enum {unknown} */
            code?: 'api.limit'
          } & components['schemas']['Problem']
        }
      }
      /** @description `api.internal`: Something went wrong */
      500: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': {
            /** @enum {unknown} */
            code?: 'api.internal'
          } & components['schemas']['Problem']
        }
      }
      /** @description `search.timeout`: The search took too long; `unavailable`: The database does not answer */
      503: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': {
            /** @enum {unknown} */
            code?: 'search.timeout' | 'unavailable'
          } & components['schemas']['Problem']
        }
      }
    }
  }
  showDeployment: {
    parameters: {
      query?: never
      header?: never
      path: {
        /** @description The id that GitHub gave it. */
        deployment_id: number
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description What became of a deployment */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['Deployments']
        }
      }
      /** @description `api.parameter`: A parameter is not understood */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': {
            /** @enum {unknown} */
            code?: 'api.parameter'
          } & components['schemas']['Problem']
        }
      }
      /** @description `api.unauthorized`: A valid token is needed */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': {
            /** @enum {unknown} */
            code?: 'api.unauthorized'
          } & components['schemas']['Problem']
        }
      }
      /** @description `api.scope`: The token does not allow this */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': {
            /** @enum {unknown} */
            code?: 'api.scope'
          } & components['schemas']['Problem']
        }
      }
      /** @description `api.not_found`: Not found */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': {
            /** @enum {unknown} */
            code?: 'api.not_found'
          } & components['schemas']['Problem']
        }
      }
      /** @description `api.limit`: Too much at once */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': {
            /** @enum {unknown} */
            code?: 'api.limit'
          } & components['schemas']['Problem']
        }
      }
      /** @description `api.internal`: Something went wrong */
      500: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': {
            /** @enum {unknown} */
            code?: 'api.internal'
          } & components['schemas']['Problem']
        }
      }
      /** @description `search.timeout`: The search took too long; `unavailable`: The database does not answer */
      503: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': {
            /** @enum {unknown} */
            code?: 'search.timeout' | 'unavailable'
          } & components['schemas']['Problem']
        }
      }
    }
  }
  showPullRequest: {
    parameters: {
      query?: never
      header?: never
      path: {
        /** @description The account that owns it, or owned it under this name. */
        owner: string
        /** @description Its name without the owner. */
        repository: string
        /** @description The number behind #. */
        number: number
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description A pull request’s story */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['PullRequests']
        }
      }
      /** @description `api.parameter`: A parameter is not understood */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': {
            /** @enum {unknown} */
            code?: 'api.parameter'
          } & components['schemas']['Problem']
        }
      }
      /** @description `api.unauthorized`: A valid token is needed */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': {
            /** @enum {unknown} */
            code?: 'api.unauthorized'
          } & components['schemas']['Problem']
        }
      }
      /** @description `api.scope`: The token does not allow this */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': {
            /** @enum {unknown} */
            code?: 'api.scope'
          } & components['schemas']['Problem']
        }
      }
      /** @description `api.not_found`: Not found */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': {
            /** @enum {unknown} */
            code?: 'api.not_found'
          } & components['schemas']['Problem']
        }
      }
      /** @description `api.limit`: Too much at once */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': {
            /** @enum {unknown} */
            code?: 'api.limit'
          } & components['schemas']['Problem']
        }
      }
      /** @description `api.internal`: Something went wrong */
      500: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': {
            /** @enum {unknown} */
            code?: 'api.internal'
          } & components['schemas']['Problem']
        }
      }
      /** @description `search.timeout`: The search took too long; `unavailable`: The database does not answer */
      503: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': {
            /** @enum {unknown} */
            code?: 'search.timeout' | 'unavailable'
          } & components['schemas']['Problem']
        }
      }
    }
  }
  showSubject: {
    parameters: {
      query?: never
      header?: never
      path: {
        /** @description A login that they have or had, or `subject` of an entry’s principal. */
        reference: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description A person or machine, by a login or by id */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['Subjects']
        }
      }
      /** @description `api.parameter`: A parameter is not understood */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': {
            /** @enum {unknown} */
            code?: 'api.parameter'
          } & components['schemas']['Problem']
        }
      }
      /** @description `api.unauthorized`: A valid token is needed */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': {
            /** @enum {unknown} */
            code?: 'api.unauthorized'
          } & components['schemas']['Problem']
        }
      }
      /** @description `api.scope`: The token does not allow this */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': {
            /** @enum {unknown} */
            code?: 'api.scope'
          } & components['schemas']['Problem']
        }
      }
      /** @description `api.not_found`: Not found */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': {
            /** @enum {unknown} */
            code?: 'api.not_found'
          } & components['schemas']['Problem']
        }
      }
      /** @description `api.limit`: Too much at once */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': {
            /** @enum {unknown} */
            code?: 'api.limit'
          } & components['schemas']['Problem']
        }
      }
      /** @description `api.internal`: Something went wrong */
      500: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': {
            /** @enum {unknown} */
            code?: 'api.internal'
          } & components['schemas']['Problem']
        }
      }
      /** @description `search.timeout`: The search took too long; `unavailable`: The database does not answer */
      503: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': {
            /** @enum {unknown} */
            code?: 'search.timeout' | 'unavailable'
          } & components['schemas']['Problem']
        }
      }
    }
  }
  showRepository: {
    parameters: {
      query?: never
      header?: never
      path: {
        /** @description The account that owns it, or owned it under this name. */
        owner: string
        /** @description Its name without the owner. */
        repository: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description A repository, by a name that it has or had */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['Repositories']
        }
      }
      /** @description `api.parameter`: A parameter is not understood */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': {
            /** @enum {unknown} */
            code?: 'api.parameter'
          } & components['schemas']['Problem']
        }
      }
      /** @description `api.unauthorized`: A valid token is needed */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': {
            /** @enum {unknown} */
            code?: 'api.unauthorized'
          } & components['schemas']['Problem']
        }
      }
      /** @description `api.scope`: The token does not allow this */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': {
            /** @enum {unknown} */
            code?: 'api.scope'
          } & components['schemas']['Problem']
        }
      }
      /** @description `api.not_found`: Not found */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': {
            /** @enum {unknown} */
            code?: 'api.not_found'
          } & components['schemas']['Problem']
        }
      }
      /** @description `api.limit`: Too much at once */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': {
            /** @enum {unknown} */
            code?: 'api.limit'
          } & components['schemas']['Problem']
        }
      }
      /** @description `api.internal`: Something went wrong */
      500: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': {
            /** @enum {unknown} */
            code?: 'api.internal'
          } & components['schemas']['Problem']
        }
      }
      /** @description `search.timeout`: The search took too long; `unavailable`: The database does not answer */
      503: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': {
            /** @enum {unknown} */
            code?: 'search.timeout' | 'unavailable'
          } & components['schemas']['Problem']
        }
      }
    }
  }
  showRepositoryById: {
    parameters: {
      query?: never
      header?: never
      path: {
        /** @description The id that GitHub gave it: `repo.id` of an entry. */
        repository_id: number
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description A repository, by its id */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['Repositories']
        }
      }
      /** @description `api.parameter`: A parameter is not understood */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': {
            /** @enum {unknown} */
            code?: 'api.parameter'
          } & components['schemas']['Problem']
        }
      }
      /** @description `api.unauthorized`: A valid token is needed */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': {
            /** @enum {unknown} */
            code?: 'api.unauthorized'
          } & components['schemas']['Problem']
        }
      }
      /** @description `api.scope`: The token does not allow this */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': {
            /** @enum {unknown} */
            code?: 'api.scope'
          } & components['schemas']['Problem']
        }
      }
      /** @description `api.not_found`: Not found */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': {
            /** @enum {unknown} */
            code?: 'api.not_found'
          } & components['schemas']['Problem']
        }
      }
      /** @description `api.limit`: Too much at once */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': {
            /** @enum {unknown} */
            code?: 'api.limit'
          } & components['schemas']['Problem']
        }
      }
      /** @description `api.internal`: Something went wrong */
      500: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': {
            /** @enum {unknown} */
            code?: 'api.internal'
          } & components['schemas']['Problem']
        }
      }
      /** @description `search.timeout`: The search took too long; `unavailable`: The database does not answer */
      503: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': {
            /** @enum {unknown} */
            code?: 'search.timeout' | 'unavailable'
          } & components['schemas']['Problem']
        }
      }
    }
  }
  showAccount: {
    parameters: {
      query?: never
      header?: never
      path: {
        /** @description Its login. */
        account: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description An organisation or account, by a name that it has or had */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['Accounts']
        }
      }
      /** @description `api.parameter`: A parameter is not understood */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': {
            /** @enum {unknown} */
            code?: 'api.parameter'
          } & components['schemas']['Problem']
        }
      }
      /** @description `api.unauthorized`: A valid token is needed */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': {
            /** @enum {unknown} */
            code?: 'api.unauthorized'
          } & components['schemas']['Problem']
        }
      }
      /** @description `api.scope`: The token does not allow this */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': {
            /** @enum {unknown} */
            code?: 'api.scope'
          } & components['schemas']['Problem']
        }
      }
      /** @description `api.not_found`: Not found */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': {
            /** @enum {unknown} */
            code?: 'api.not_found'
          } & components['schemas']['Problem']
        }
      }
      /** @description `api.limit`: Too much at once */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': {
            /** @enum {unknown} */
            code?: 'api.limit'
          } & components['schemas']['Problem']
        }
      }
      /** @description `api.internal`: Something went wrong */
      500: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': {
            /** @enum {unknown} */
            code?: 'api.internal'
          } & components['schemas']['Problem']
        }
      }
      /** @description `search.timeout`: The search took too long; `unavailable`: The database does not answer */
      503: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': {
            /** @enum {unknown} */
            code?: 'search.timeout' | 'unavailable'
          } & components['schemas']['Problem']
        }
      }
    }
  }
  showInstallation: {
    parameters: {
      query?: never
      header?: never
      path: {
        /** @description The id that GitHub gave it. */
        installation_id: number
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description What an installation of Hooktrail may see */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['Installations']
        }
      }
      /** @description `api.parameter`: A parameter is not understood */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': {
            /** @enum {unknown} */
            code?: 'api.parameter'
          } & components['schemas']['Problem']
        }
      }
      /** @description `api.unauthorized`: A valid token is needed */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': {
            /** @enum {unknown} */
            code?: 'api.unauthorized'
          } & components['schemas']['Problem']
        }
      }
      /** @description `api.scope`: The token does not allow this */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': {
            /** @enum {unknown} */
            code?: 'api.scope'
          } & components['schemas']['Problem']
        }
      }
      /** @description `api.not_found`: Not found */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': {
            /** @enum {unknown} */
            code?: 'api.not_found'
          } & components['schemas']['Problem']
        }
      }
      /** @description `api.limit`: Too much at once */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': {
            /** @enum {unknown} */
            code?: 'api.limit'
          } & components['schemas']['Problem']
        }
      }
      /** @description `api.internal`: Something went wrong */
      500: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': {
            /** @enum {unknown} */
            code?: 'api.internal'
          } & components['schemas']['Problem']
        }
      }
      /** @description `search.timeout`: The search took too long; `unavailable`: The database does not answer */
      503: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': {
            /** @enum {unknown} */
            code?: 'search.timeout' | 'unavailable'
          } & components['schemas']['Problem']
        }
      }
    }
  }
  countFacets: {
    parameters: {
      query?: {
        /** @description A query (docs/query-language.md). Without one: everything. */
        query?: string
        /** @description IANA name of the time zone of dates in the query; the server’s own by default. */
        tz?: string
        /** @description Values of each field. */
        limit?: number
      }
      header?: never
      path?: never
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description The most frequent values of each field among the entries of a query */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['Facets']
        }
      }
      /** @description `query.syntax`: The query cannot be read; `query.field`: The query has an unknown key; `query.value`: The query has a value that its key does not take; `query.saved`: The query names a saved query that cannot be used; `search.words`: The query cannot be searched for; `api.parameter`: A parameter is not understood */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': {
            /** @enum {unknown} */
            code?:
              | 'query.syntax'
              | 'query.field'
              | 'query.value'
              | 'query.saved'
              | 'search.words'
              | 'api.parameter'
          } & components['schemas']['Problem']
        }
      }
      /** @description `api.unauthorized`: A valid token is needed */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': {
            /** @enum {unknown} */
            code?: 'api.unauthorized'
          } & components['schemas']['Problem']
        }
      }
      /** @description `api.scope`: The token does not allow this */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': {
            /** @enum {unknown} */
            code?: 'api.scope'
          } & components['schemas']['Problem']
        }
      }
      /** @description `api.limit`: Too much at once */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': {
            /** @enum {unknown} */
            code?: 'api.limit'
          } & components['schemas']['Problem']
        }
      }
      /** @description `api.internal`: Something went wrong */
      500: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': {
            /** @enum {unknown} */
            code?: 'api.internal'
          } & components['schemas']['Problem']
        }
      }
      /** @description `search.timeout`: The search took too long; `unavailable`: The database does not answer */
      503: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': {
            /** @enum {unknown} */
            code?: 'search.timeout' | 'unavailable'
          } & components['schemas']['Problem']
        }
      }
    }
  }
  countOverTime: {
    parameters: {
      query?: {
        /** @description A query (docs/query-language.md). Without one: everything. */
        query?: string
        /** @description IANA name of the time zone of dates in the query; the server’s own by default. */
        tz?: string
      }
      header?: never
      path?: never
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description How many entries of a query there are over time */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['Histogram']
        }
      }
      /** @description `query.syntax`: The query cannot be read; `query.field`: The query has an unknown key; `query.value`: The query has a value that its key does not take; `query.saved`: The query names a saved query that cannot be used; `search.words`: The query cannot be searched for; `api.parameter`: A parameter is not understood */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': {
            /** @enum {unknown} */
            code?:
              | 'query.syntax'
              | 'query.field'
              | 'query.value'
              | 'query.saved'
              | 'search.words'
              | 'api.parameter'
          } & components['schemas']['Problem']
        }
      }
      /** @description `api.unauthorized`: A valid token is needed */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': {
            /** @enum {unknown} */
            code?: 'api.unauthorized'
          } & components['schemas']['Problem']
        }
      }
      /** @description `api.scope`: The token does not allow this */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': {
            /** @enum {unknown} */
            code?: 'api.scope'
          } & components['schemas']['Problem']
        }
      }
      /** @description `api.limit`: Too much at once */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': {
            /** @enum {unknown} */
            code?: 'api.limit'
          } & components['schemas']['Problem']
        }
      }
      /** @description `api.internal`: Something went wrong */
      500: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': {
            /** @enum {unknown} */
            code?: 'api.internal'
          } & components['schemas']['Problem']
        }
      }
      /** @description `search.timeout`: The search took too long; `unavailable`: The database does not answer */
      503: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': {
            /** @enum {unknown} */
            code?: 'search.timeout' | 'unavailable'
          } & components['schemas']['Problem']
        }
      }
    }
  }
  explainQuery: {
    parameters: {
      query?: {
        /** @description A query (docs/query-language.md). Without one: everything. */
        query?: string
        /** @description IANA name of the time zone of dates in the query; the server’s own by default. */
        tz?: string
      }
      header?: never
      path?: never
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description What a query means, in words */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['Explanation']
        }
      }
      /** @description `query.syntax`: The query cannot be read; `query.field`: The query has an unknown key; `query.value`: The query has a value that its key does not take; `query.saved`: The query names a saved query that cannot be used; `api.parameter`: A parameter is not understood */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': {
            /** @enum {unknown} */
            code?: 'query.syntax' | 'query.field' | 'query.value' | 'query.saved' | 'api.parameter'
          } & components['schemas']['Problem']
        }
      }
      /** @description `api.unauthorized`: A valid token is needed */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': {
            /** @enum {unknown} */
            code?: 'api.unauthorized'
          } & components['schemas']['Problem']
        }
      }
      /** @description `api.scope`: The token does not allow this */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': {
            /** @enum {unknown} */
            code?: 'api.scope'
          } & components['schemas']['Problem']
        }
      }
      /** @description `api.limit`: Too much at once */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': {
            /** @enum {unknown} */
            code?: 'api.limit'
          } & components['schemas']['Problem']
        }
      }
      /** @description `api.internal`: Something went wrong */
      500: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': {
            /** @enum {unknown} */
            code?: 'api.internal'
          } & components['schemas']['Problem']
        }
      }
      /** @description `unavailable`: The database does not answer */
      503: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': {
            /** @enum {unknown} */
            code?: 'unavailable'
          } & components['schemas']['Problem']
        }
      }
    }
  }
  completeQuery: {
    parameters: {
      query?: {
        /** @description A query (docs/query-language.md). Without one: everything. */
        query?: string
        /** @description IANA name of the time zone of dates in the query; the server’s own by default. */
        tz?: string
        /** @description In UTF-16 code units from the beginning; the end of the query by default. */
        cursor?: number
      }
      header?: never
      path?: never
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description What could stand at the cursor of a query */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['Completion']
        }
      }
      /** @description `api.parameter`: A parameter is not understood */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': {
            /** @enum {unknown} */
            code?: 'api.parameter'
          } & components['schemas']['Problem']
        }
      }
      /** @description `api.unauthorized`: A valid token is needed */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': {
            /** @enum {unknown} */
            code?: 'api.unauthorized'
          } & components['schemas']['Problem']
        }
      }
      /** @description `api.scope`: The token does not allow this */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': {
            /** @enum {unknown} */
            code?: 'api.scope'
          } & components['schemas']['Problem']
        }
      }
      /** @description `api.limit`: Too much at once */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': {
            /** @enum {unknown} */
            code?: 'api.limit'
          } & components['schemas']['Problem']
        }
      }
      /** @description `api.internal`: Something went wrong */
      500: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': {
            /** @enum {unknown} */
            code?: 'api.internal'
          } & components['schemas']['Problem']
        }
      }
      /** @description `unavailable`: The database does not answer */
      503: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': {
            /** @enum {unknown} */
            code?: 'unavailable'
          } & components['schemas']['Problem']
        }
      }
    }
  }
  listTokens: {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Every token of this API, the newest first */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['Tokens']
        }
      }
      /** @description `api.parameter`: A parameter is not understood */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': {
            /** @enum {unknown} */
            code?: 'api.parameter'
          } & components['schemas']['Problem']
        }
      }
      /** @description `api.unauthorized`: A valid token is needed */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': {
            /** @enum {unknown} */
            code?: 'api.unauthorized'
          } & components['schemas']['Problem']
        }
      }
      /** @description `api.scope`: The token does not allow this */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': {
            /** @enum {unknown} */
            code?: 'api.scope'
          } & components['schemas']['Problem']
        }
      }
      /** @description `api.limit`: Too much at once */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': {
            /** @enum {unknown} */
            code?: 'api.limit'
          } & components['schemas']['Problem']
        }
      }
      /** @description `api.internal`: Something went wrong */
      500: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': {
            /** @enum {unknown} */
            code?: 'api.internal'
          } & components['schemas']['Problem']
        }
      }
      /** @description `unavailable`: The database does not answer */
      503: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': {
            /** @enum {unknown} */
            code?: 'unavailable'
          } & components['schemas']['Problem']
        }
      }
    }
  }
  listSavedQueries: {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Queries that have a name */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['SavedQueries']
        }
      }
      /** @description `api.parameter`: A parameter is not understood */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': {
            /** @enum {unknown} */
            code?: 'api.parameter'
          } & components['schemas']['Problem']
        }
      }
      /** @description `api.unauthorized`: A valid token is needed */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': {
            /** @enum {unknown} */
            code?: 'api.unauthorized'
          } & components['schemas']['Problem']
        }
      }
      /** @description `api.scope`: The token does not allow this */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': {
            /** @enum {unknown} */
            code?: 'api.scope'
          } & components['schemas']['Problem']
        }
      }
      /** @description `api.limit`: Too much at once */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': {
            /** @enum {unknown} */
            code?: 'api.limit'
          } & components['schemas']['Problem']
        }
      }
      /** @description `api.internal`: Something went wrong */
      500: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': {
            /** @enum {unknown} */
            code?: 'api.internal'
          } & components['schemas']['Problem']
        }
      }
      /** @description `unavailable`: The database does not answer */
      503: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': {
            /** @enum {unknown} */
            code?: 'unavailable'
          } & components['schemas']['Problem']
        }
      }
    }
  }
}
