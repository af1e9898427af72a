package io.zabkeeper.consensus;

/** Why a proposal was surely not ordered. */
public enum RejectReason {
    NOT_LEADER,
    NOT_READY,
    OVERLOADED
}
