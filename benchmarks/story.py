"""What the generated COEs are made of: pools of words, and the two halves of a COE with places for them."""

from __future__ import annotations

TEAMS = ("payments", "storefront", "identity", "search", "data-platform", "edge", "messaging", "reliability")
SERVICES = {
    "checkout": ("payments", 0), "ledger": ("payments", 0), "refunds": ("payments", 1), "cart": ("storefront", 1),
    "catalog-api": ("storefront", 1), "sign-in": ("identity", 0), "sessions": ("identity", 0), "product-search": ("search", 1),
    "suggestions": ("search", 2), "event-stream": ("data-platform", 1), "warehouse": ("data-platform", 2),
    "edge-proxy": ("edge", 0), "image-resizer": ("edge", 2), "mail-out": ("messaging", 2), "push": ("messaging", 2),
}  # fmt: skip
REGIONS = ("eu-central-1", "eu-west-1", "us-east-1", "us-west-2", "ap-southeast-2")
LIMITS = (
    ("connection pool", "connections", 50), ("thread pool", "threads", 32), ("retry queue", "messages", 10000),
    ("file descriptor table", "descriptors", 1024), ("lease table", "leases", 500), ("session cache", "entries", 20000),
    ("partition map", "partitions", 64), ("rate limiter", "requests per second", 300), ("write buffer", "pages", 4096),
)  # fmt: skip
CHANGES = (
    ("A new version of the client library reached the last cell", "deployment"),
    ("A change of the routing weights took effect", "config"),
    ("A scheduled export began on the shared replica", "time"),
    ("A backfill of old records began", "data"),
    ("Load rose to three times that of the week before", "traffic"),
    ("One of three storage hosts left the cluster", "infrastructure"),
    ("A dependency began to answer after four seconds in place of forty milliseconds", "dependency"),
)
EFFECTS = (
    ("answered with errors", "outage"), ("answered late", "latency"), ("lost part of its requests", "degraded"),
    ("showed stale data", "data"), ("refused new sessions", "degraded"),
)  # fmt: skip
FACTORS = (
    ("detection", "The alarm watched the mean of all cells, and one cell moved the mean by two percent"),
    ("detection", "No alarm watched how much of the bound was in use"),
    ("technical", "Clients retried three times without a budget, which tripled the load on what was left"),
    ("process", "The rollback needed an approval from a second team outside of its working hours"),
    ("knowledge", "The runbook named a dashboard that had moved to another place"),
    ("organizational", "The bound belonged to one team and the load on it to four others"),
    ("dependency", "The dependency gave no signal of its own state"),
    ("technical", "The health check asked a part that did not use the resource"),
    ("communication", "The status page took its state from the service that was impaired"),
    ("process", "The load test used one tenant and a warm cache"),
)
REMEDIES = (
    "Alarm on the share of the bound that is in use, per cell, at 70 percent",
    "Give every client a retry budget of ten percent of its requests",
    "Let the rollback of a release run from one command",
    "Let the load test run with a hundred tenants and a cold cache",
    "Move the health check to a request that uses the resource",
    "Publish the state of the status page from an account that shares nothing with the service",
    "Shed load by priority when the resource is nine tenths full",
)
FRONT = """\
id: {id}
title: "{service} in {region}: {resource} full at {limit} {unit}"
summary: >-
  For most of an hour {service} {effect} in {region}. The {resource} had no bound per tenant, and a single
  tenant could take all of its {limit} {unit}. A rollback ended the impact; {percent} % of the requests were
  affected while it lasted.
kind: incident
status: published
severity: {severity}
visibility: internal
created: {created}
published: {published}
owner_team: {team}
authors:
  - role:incident-analyst
reviewers:
  - role:service-owner
facilitator: role:review-facilitator
services:
  - id: {service}
    relation: origin
  - id: {other}
    relation: impacted
scope:
  regions:
    - {region}
  zones:
    - {zone}
  environments:
    - production
impact:
  windows:
    - id: I1
      start: {t1}
      end: {t9}
      level: {level}
      services:
        - {service}
  customers_affected:
    count: {customers}
    basis: measured
  requests_failed:
    percent: {percent}
    basis: measured
  blast_radius:
    unit: cells
    affected: 3
    total: 12
  data:
    integrity: unaffected
    confidentiality: unaffected
  pillars:
    - reliability
detection:
  method: metric_alarm
  source: error rate of {service}
  expected_within: PT5M
engagement:
  paged_teams:
    - {team}
    - {other_team}
mitigation:
  - type: rollback
    event: E8
    outcome: effective
communications:
  - id: M1
    at: {t5}
    channel: status-page
    audience: public
    scope: general
    state: investigating
    text: "We see that {service} {effect} in {region} and are looking into it."
timeline:
  - id: E1
    at: {t0}
    type: change
    milestone: introduced
    text: "{change}; version {version} in {zone}."
  - id: E2
    at: {t1}
    type: impact
    text: The {resource} is full and {service} begins to queue.
    evidence:
      - https://dashboards.example.com/{service}/{limit}
  - id: E3
    at: {t2}
    type: detection
    milestone: detected
    actor: alarm-{service}
    text: The alarm on the error rate of {service} fires in {region}.
  - id: E4
    at: {t3}
    type: engagement
    milestone: engaged
    actor: role:on-call-engineer
    text: The on-call engineer of {team} joins and opens the dashboards of {service}.
  - id: E5
    at: {t4}
    type: escalation
    milestone: declared
    actor: role:incident-commander
    text: A {severity} is declared and a technical call is opened.
  - id: E6
    at: {t5}
    type: communication
    text: The status page tells customers that {service} {effect}.
  - id: E7
    at: {t6}
    type: investigation
    milestone: diagnosed
    text: A heap of the busiest host shows that all {limit} {unit} belong to one tenant.
    context: The dashboard of {service} shows a mean over all cells, in which one cell is hard to see.
  - id: E8
    at: {t7}
    type: action
    milestone: mitigation_started
    text: Version {version} is rolled back in {zone}.
  - id: E9
    at: {t9}
    type: recovery
    milestone: mitigated
    text: The error rate of {service} is back at its usual level.
  - id: E10
    at: {t10}
    type: recovery
    milestone: recovered
    text: The queue of {other} is empty.
  - id: E11
    at: {t11}
    type: communication
    milestone: resolved
    text: The status page is set to resolved.
trigger:
  type: {trigger}
  event: E1
root_causes:
  - id: C1
    category: technical
    statement: The {resource} of {service} has no bound per tenant, so one tenant can take all {limit} {unit}.
    introduced: {introduced}
    undetected_because: Load in production had stayed below a third of the bound until that day.
    interacts_with:
      - C2
contributing_factors:
  - id: C2
    category: {category1}
    statement: "{factor1}."
  - id: C3
    category: {category2}
    statement: "{factor2}."
  - id: C4
    category: {category3}
    statement: "{factor3}."
    accepted_risk: The part is replaced within the quarter, and the other actions cover it until then.
five_whys:
  - why: Why did {service} have an effect on customers?
    because: "{service} {effect}, since the {resource} was full."
    whys:
      - why: Why was the {resource} full?
        because: One tenant held all {limit} {unit}.
        whys:
          - why: Why could one tenant hold all of them?
            because: The bound applies to the whole and not to a tenant.
            cause: C1
      - why: Why did it last as long as it did?
        because: "{factor1}."
        whys:
          - why: Why did that cost time?
            because: "{factor2}."
            cause: C3
        cause: C2
review_questions:
  detection:
    answer: The alarm fired after the first requests had failed.
    halve: An alarm on the share of the {resource} that is in use.
observations:
  - id: O1
    text: The use of the {resource} rose for six hours before the event.
lessons:
  went_well:
    - id: W1
      text: The rollback took less than ten minutes once it was decided.
  went_poorly:
    - id: P1
      text: "{factor1}."
      actions:
        - A2
learnings:
  - id: L1
    statement: A shared {resource} needs a bound per tenant and an alarm well before it.
    audience: org
    tenet: bounded-resources
    from:
      - C1
      - O1
action_items:
  - id: A1
    title: Bound the {unit} of the {resource} in {service} per tenant
    type: prevent
    priority: P1
    commitment: must
    owner_team: {team}
    created: {created}
    due: {due}
    status: done
    completed: {completed}
    addresses:
      - C1
    success_criteria: One tenant takes at most a twentieth of the {limit} {unit}.
  - id: A2
    title: {remedy1}
    type: detect
    priority: P1
    commitment: should
    owner_team: {team}
    created: {created}
    due: {due}
    status: in_progress
    addresses:
      - C2
    success_criteria: A test in staging shows it within five minutes.
  - id: A3
    title: {remedy2}
    type: mitigate
    priority: P2
    commitment: should
    owner_team: {other_team}
    created: {created}
    due: {due}
    status: open
    addresses:
      - C3
    success_criteria: A game day shows it with twice the load.
tags:
  - tenant-isolation
  - {level}
"""
BODY = """
## What happened

At {h0} UTC on {day} a change reached {zone}: {change}. The {resource} of {service} filled up within minutes,
and from {h1} UTC on {service} {effect} in {region}. The alarm on the error rate fired at {h2} UTC. The on-call
engineer joined at {h3} UTC and saw an error rate that differed from host to host, which pointed to a resource
and not to the code of the requests.

At {h6} UTC a heap of the busiest host showed that all {limit} {unit} belonged to one tenant. The version
{version} was rolled back from {h7} UTC on, and the error rate was at its usual level at {h9} UTC. The queue
of {other} took until {h10} UTC to empty.

```console
$ kubectl --context {zone} get pods -l app={service}
{service}-7d9f6b5c4-x2x7k   0/1   CrashLoopBackOff   7   11m
```

## What made it hard to see

- {factor1}.
- {factor2}.
- {factor3}.

## What we change

The bound of the {resource} applies per tenant from now on (A1). {remedy1} (A2). {remedy2} (A3). The work is
done when a game day with twice the load shows that a single tenant is slowed down and all others are not.

> {service} was slow for us for about half an hour, then it was fine again.
"""
