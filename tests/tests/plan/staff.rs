//! The people who work for the shop, read as a plan needs it: each call is done at once.

use async_trait::async_trait;
use human_please::store::{
    Audited, By, CannedReply, NotMade, SecretHash, SiteId, Staff, StaffChange, Store, StoreError,
    StoredAgent, Team, Topic,
};
use protocol::{AgentId, Timestamp};

use crate::store::PlanStore;

#[async_trait]
impl Staff for PlanStore {
    async fn agent(&self, site: SiteId, id: AgentId) -> Result<Option<StoredAgent>, StoreError> {
        self.at_once(self.store.staff().agent(site, id))
    }

    async fn teams(&self, site: SiteId) -> Result<Vec<Team>, StoreError> {
        self.at_once(self.store.staff().teams(site))
    }

    async fn topics(&self, site: SiteId) -> Result<Vec<Topic>, StoreError> {
        self.at_once(self.store.staff().topics(site))
    }

    async fn canned_replies(&self, site: SiteId) -> Result<Vec<CannedReply>, StoreError> {
        self.at_once(self.store.staff().canned_replies(site))
    }

    async fn change(
        &self,
        site: SiteId,
        change: &StaffChange,
        by: By<'_>,
    ) -> Result<Result<(), NotMade>, StoreError> {
        self.at_once(self.store.staff().change(site, change, by))
    }

    async fn audit(
        &self,
        site: SiteId,
        before: Option<i64>,
        count: usize,
    ) -> Result<Vec<Audited>, StoreError> {
        self.at_once(self.store.staff().audit(site, before, count))
    }

    async fn device(&self, device: &SecretHash) -> Result<Option<AgentId>, StoreError> {
        self.at_once(self.store.staff().device(device))
    }

    async fn put_device(
        &self,
        device: &SecretHash,
        agent: AgentId,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        self.at_once(self.store.staff().put_device(device, agent, now))
    }

    async fn invited(
        &self,
        invitation: &SecretHash,
        now: Timestamp,
    ) -> Result<Option<StoredAgent>, StoreError> {
        self.at_once(self.store.staff().invited(invitation, now))
    }

    async fn accept_invitation(
        &self,
        invitation: &SecretHash,
        now: Timestamp,
        password: &str,
    ) -> Result<Option<StoredAgent>, StoreError> {
        let accepting = self
            .store
            .staff()
            .accept_invitation(invitation, now, password);
        self.at_once(accepting)
    }
}
