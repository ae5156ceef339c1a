/** What mutations may start with. A project adds its own words in schema/lint.yaml. */
export const commonVerbs: ReadonlySet<string> = new Set(
  `accept acknowledge activate add adjust allocate apply approve archive assign attach authorize begin block book
  calculate cancel capture change check checkout claim clear clone close collect commit complete confirm connect consume
  convert copy create deactivate decline decrease delete deny deposit detach disable disconnect dismiss dispatch download
  draft duplicate edit enable end enqueue estimate exchange execute expire export extend fail finalize finish flag follow
  forget fulfil fulfill generate grant hide hold import increase install invalidate invite issue join leave like link list
  load lock log login logout mark merge migrate move mute notify open order override pause pay pin place post preview
  process promote publish purchase purge put quote rate reactivate read rebuild receive record recover redeem refresh
  refund register reject release reload remove rename reopen reorder replace reply report request rerun reschedule resend
  reserve reset resolve restart restock restore resume retry return revert review revoke rotate run save schedule search
  select send set share ship sign simulate skip split start stop store submit subscribe suspend swap switch sync tag take
  terminate test toggle track transfer trigger unarchive unassign unblock unfollow uninstall unlink unlock unpin unpublish
  unsubscribe update upgrade upload upsert use validate verify void vote withdraw write`.split(/\s+/),
);

/** Those that name things as well, so that `orderCancel` starts with a noun and `orderBook` with a verb. */
export const alsoNouns: ReadonlySet<string> = new Set(
  `block book change charge checkout copy draft export import link list load lock log mark move order pause pin place post
  quote rate record refund release report request reset return review run schedule search share sign stock store tag
  test track transfer vote`.split(/\s+/),
);
