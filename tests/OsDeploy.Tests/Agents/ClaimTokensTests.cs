using OsDeploy.Server.Agents;
using OsDeploy.Tests.Jobs;
using Xunit;

namespace OsDeploy.Tests.Agents;

public sealed class ClaimTokensTests
{
    private readonly ClaimTokens _tokens = new([.. Enumerable.Range(0, 32).Select(i => (byte)i)]);

    [Fact]
    public void A_token_is_good_for_its_claim_and_replayed_after_the_next()
    {
        var job = SampleJobs.Of() with { Fence = 3 };
        var token = _tokens.Of(job);
        Assert.Equal(ClaimStanding.Good, _tokens.Judge(job, token));
        Assert.Equal(ClaimStanding.Replayed, _tokens.Judge(job with { Fence = 4 }, token));
        Assert.Equal(ClaimStanding.Foreign, _tokens.Judge(job with { Id = "0000002" }, token));
        Assert.Equal(ClaimStanding.Foreign, _tokens.Judge(job, new string('0', 32)));
        Assert.Equal(ClaimStanding.Foreign, _tokens.Judge(job, ""));
    }

    [Fact]
    public void Another_appliance_gives_other_tokens() =>
        Assert.NotEqual(_tokens.Of(SampleJobs.Of()), new ClaimTokens(new byte[32]).Of(SampleJobs.Of()));

    [Fact]
    public void The_same_order_carries_the_same_token() => Assert.Equal(_tokens.Of(SampleJobs.Of()), _tokens.Of(SampleJobs.Of()));
}
