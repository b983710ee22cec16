using OsDeploy.Api.Hosts;
using OsDeploy.Server.Hosts;
using Xunit;
using static OsDeploy.Tests.Hosts.TestRegistry;

namespace OsDeploy.Tests.Hosts;

public sealed class HostRenameTests : IAsyncDisposable
{
    private readonly TestRegistry _test = new();
    private readonly HostRenames _renames;

    public HostRenameTests()
    {
        _renames = new HostRenames(_test.Registry);
        _test.Rooms.Add(new NewRoom("r12"), Anna);
    }

    public ValueTask DisposeAsync() => _test.DisposeAsync();

    [Fact]
    public void Hosts_are_named_in_the_order_in_which_they_stand()
    {
        Add(1, "x10");
        Add(2, "x9");
        Add(3, "b", new HostDetails(Row: "2", Place: "1"));
        Add(4, "a", new HostDetails(Row: "1", Place: "10"));
        Add(5, "z", new HostDetails(Row: "1", Place: "9"));
        _test.Add(6, "elsewhere");

        var preview = Rename("r12-pc{01..30}");
        Assert.Equal(["z r12-pc01", "a r12-pc02", "b r12-pc03", "x9 r12-pc04", "x10 r12-pc05"], Texts(preview));
        Assert.Equal((false, 0), (preview.IsApplied, preview.Errors));
        Assert.Contains("x10", Names());

        Assert.True(Rename("r12-pc{01..30}", apply: true, preview.Seen).IsApplied);
        Assert.Equal(["elsewhere", "r12-pc01", "r12-pc02", "r12-pc03", "r12-pc04", "r12-pc05"], Names());
        Assert.Contains("operator:anna host-change z: name z -> r12-pc01", _test.Audit);
    }

    [Fact]
    public void Names_may_go_round_among_the_hosts_of_the_room()
    {
        Add(1, "pc02", new HostDetails(Place: "1"));
        Add(2, "pc03", new HostDetails(Place: "2"));
        Add(3, "pc01", new HostDetails(Place: "3"));

        Assert.True(Rename("pc##", apply: true).IsApplied);

        Assert.Equal(["pc01 1", "pc02 2", "pc03 3"], _test.Hosts.List().Select(host => $"{host.Host.Name} {host.Host.Details.Place}"));
        Assert.All(Rename("pc##").Hosts, host => Assert.Equal(host.From, host.To));
    }

    [Fact]
    public void One_name_that_somebody_has_keeps_all_from_being_renamed()
    {
        Add(1, "a");
        Add(2, "b");
        _test.Add(3, "PC02");

        var report = Rename("pc##", apply: true);

        Assert.Equal(["a pc01", "b pc02: a host without a room has this name"], Texts(report));
        Assert.Equal((false, 1), (report.IsApplied, report.Errors));
        Assert.Equal(["a", "b", "PC02"], Names());
    }

    [Fact]
    public void A_scheme_with_too_few_names_renames_nobody()
    {
        Add(1, "a");
        Add(2, "b");

        Assert.Equal(["a pc1", "b : pc{1..1} makes 1 names, and the room has 2 hosts"], Texts(Rename("pc{1..1}", apply: true)));
        Assert.Equal(["a", "b"], Names());
    }

    [Fact]
    public void What_was_shown_is_what_is_done()
    {
        Add(1, "a");
        var seen = Rename("pc##").Seen;
        Add(2, "b");

        Refused("rename-outdated", () => Rename("pc##", apply: true, seen));
        Refused("room-pattern-invalid", () => Rename("pc"));
        Refused("room-missing", () => _renames.Rename("r13", new RoomRename("pc##"), Anna));
        Assert.Equal(["a", "b"], Names());
    }

    [Fact]
    public void Without_a_scheme_the_room_says_how()
    {
        Add(1, "a");
        Assert.Equal(["a r12-01"], Texts(Rename(null)));
        _test.Rooms.Change("r12", new RoomChange(NamePattern: "lab{5..9}"), Anna);
        Assert.Equal(["a lab5"], Texts(Rename(null)));
    }

    [Fact]
    public void The_order_is_one() => Seeded.Cases(300, random =>
    {
        string? Text() => random.Next(4) == 0 ? null : string.Concat(Enumerable.Range(0, random.Next(1, 5)).Select(_ => "019aB-"[random.Next(6)]));
        var (x, y, z) = (Text(), Text(), Text());
        Assert.Equal(Math.Sign(RoomOrder.Texts(x, y)), -Math.Sign(RoomOrder.Texts(y, x)));
        if (RoomOrder.Texts(x, y) <= 0 && RoomOrder.Texts(y, z) <= 0)
        {
            Assert.True(RoomOrder.Texts(x, z) <= 0, $"{x} {y} {z}");
        }
    });

    private static IEnumerable<string> Texts(RenameReport report) => report.Hosts.Select(host => $"{host.From} {host.To}{(host.Fault is null ? "" : ": " + host.Fault)}");

    private RenameReport Rename(string? scheme, bool apply = false, string? seen = null) => _renames.Rename("R12", new RoomRename(scheme, apply, seen), Anna);

    private List<string> Names() => [.. _test.Hosts.List().Select(host => host.Host.Name.ToString())];

    private void Add(int mac, string name, HostDetails? details = null) =>
        _test.Hosts.Add(new NewHosts([new NewHost(Mac(mac), name, "r12", Details: details)]), Anna);
}
