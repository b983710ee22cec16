using OsDeploy.Api.Jobs;
using OsDeploy.Server.Jobs;
using Xunit;

namespace OsDeploy.Tests.Jobs;

public sealed class TransferRulesTests
{
    private const int Room = 30;

    public static TheoryData<JobKind, JobOptions, int> Right => new()
    {
        { JobKind.Capture, new JobOptions(), 1 },
        { JobKind.Restore, new JobOptions(Transfer: TransferWish.Unicast, MostBytesPerSecond: 100_000), 1 },
        { JobKind.ManualRestore, new JobOptions(Transfer: TransferWish.Unicast, MostBytesPerSecond: 30_000_000), Room },
        { JobKind.Restore, new JobOptions(Gather: new Gathering()), 2 },
        { JobKind.Restore, new JobOptions(Gather: new Gathering(2, 0)), Room },
        { JobKind.Restore, new JobOptions(Gather: new Gathering(Room, Gathering.MostSeconds, OrAbort: true)), Room },
    };

    public static TheoryData<JobKind, JobOptions, int, string> Wrong => new()
    {
        { JobKind.Restore, new JobOptions(Transfer: (TransferWish)9), Room, "stream to all hosts" },
        { JobKind.Restore, new JobOptions(MostBytesPerSecond: 99_999), Room, "at least 100kB" },
        { JobKind.Restore, new JobOptions(MostBytesPerSecond: -1), Room, "at least 100kB" },
        { JobKind.Capture, new JobOptions(MostBytesPerSecond: 1_000_000), Room, "for restores" },
        { JobKind.Erase, new JobOptions(Transfer: TransferWish.Unicast), Room, "Only a restore" },
        { JobKind.Restore, new JobOptions(Gather: new Gathering()), 1, "several hosts" },
        { JobKind.ManualRestore, new JobOptions(Gather: new Gathering()), Room, "several hosts" },
        { JobKind.Restore, new JobOptions(Transfer: TransferWish.Unicast, Gather: new Gathering()), Room, "one by one" },
        { JobKind.Restore, new JobOptions(Gather: new Gathering(1)), Room, "2 to 30 hosts" },
        { JobKind.Restore, new JobOptions(Gather: new Gathering(31)), Room, "2 to 30 hosts" },
        { JobKind.Restore, new JobOptions(Gather: new Gathering(Seconds: -1)), Room, "0 to 3600" },
        { JobKind.Restore, new JobOptions(Gather: new Gathering(Seconds: 3601)), Room, "0 to 3600" },
    };

    [Theory]
    [MemberData(nameof(Right))]
    public void What_goes_together_is_taken(JobKind kind, JobOptions options, int hosts) => Assert.Null(Record.Exception(() => TransferRules.Check(kind, options, hosts)));

    [Theory]
    [MemberData(nameof(Wrong))]
    public void What_does_not_is_refused_with_the_reason(JobKind kind, JobOptions options, int hosts, string why)
    {
        var refused = Assert.Throws<UserErrorException>(() => TransferRules.Check(kind, options, hosts));

        Assert.Equal("job-options", refused.Code);
        Assert.Contains(why, refused.Message, StringComparison.Ordinal);
    }
}
