using OsDeploy.Boot;
using OsDeploy.Server.Appliance;
using OsDeploy.Server.Boot;
using OsDeploy.Storage.Documents;
using Xunit;

namespace OsDeploy.Tests.Boot;

public sealed class ClientBuildsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly SetTime _time = new();
    private readonly DocumentStore _documents;
    private readonly Dictionary<string, string> _named = [];

    public ClientBuildsTests() => _documents = DocumentStore.Open(_folder["documents.db"], [], _time);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_build_is_copied_and_the_first_is_current_and_an_older_one_can_be_again()
    {
        using var builds = Open();
        var first = await builds.AddAsync(await MakeAsync(1), 3, Cancel);
        var second = await builds.AddAsync(await MakeAsync(2), 3, Cancel);
        Assert.Equal((first.Id, true, false), (builds.Current, first.IsCurrent, second.IsCurrent));
        Directory.Delete(_folder["build1"], recursive: true);
        Assert.Equal(second.Id, builds.Use(second.Id).Id);
        Assert.Equal(first.Id, builds.Use(first.Id).Id);
        Assert.Equal(new FileInfo(builds.FileOf(first.Id, ClientBuild.Kernel)!.Value.Path).Length, builds.FileOf(first.Id, ClientBuild.Kernel)!.Value.Size);
        Assert.Null(builds.FileOf(first.Id, ClientBuild.Description));
        Assert.Equal("boot-build-missing", Assert.Throws<UserErrorException>(() => builds.Use("0000000000000000")).Code);
    }

    [Fact]
    public async Task One_that_is_in_use_is_not_deleted_and_the_oldest_unused_go()
    {
        using var builds = Open();
        var current = await builds.AddAsync(await MakeAsync(1), 2, Cancel);
        var named = await builds.AddAsync(await MakeAsync(2), 2, Cancel);
        _named[named.Id] = "a host names it";
        var third = await builds.AddAsync(await MakeAsync(3), 2, Cancel);
        Assert.Equal("boot-build-in-use", Assert.Throws<UserErrorException>(() => builds.Delete(current.Id)).Code);
        Assert.Equal("boot-build-in-use", Assert.Throws<UserErrorException>(() => builds.Delete(named.Id)).Code);
        Assert.Equal(2, builds.List().Count(build => build.UsedBy is not null));
        if (builds.Find(third.Id) is not null)
        {
            builds.Delete(third.Id);
        }

        Assert.Equal([current.Id, named.Id], builds.List().Select(build => build.Id).OrderBy(id => id == named.Id));
    }

    [Fact]
    public async Task A_damaged_build_is_not_taken_in_and_an_import_that_was_cut_short_leaves_nothing()
    {
        using var builds = Open();
        var source = await MakeAsync(1);
        await using (var kernel = File.OpenWrite(Path.Combine(source, ClientBuild.Kernel)))
        {
            kernel.WriteByte(1);
            kernel.WriteByte(2);
        }

        Assert.Equal("client-build-damaged", (await Assert.ThrowsAsync<UserErrorException>(() => builds.AddAsync(source, 3, Cancel))).Code);
        Assert.Empty(Directory.GetDirectories(_folder["client"]));
        Directory.CreateDirectory(_folder["client/new-0123"]);
        using var again = Open();
        Assert.Empty(Directory.GetDirectories(_folder["client"]));
        Assert.Null(again.Current);
    }

    [Fact]
    public async Task What_was_added_is_there_after_a_restart_and_what_was_damaged_since_is_not()
    {
        using var builds = Open();
        var (first, second) = (await builds.AddAsync(await MakeAsync(1), 3, Cancel), await builds.AddAsync(await MakeAsync(2), 3, Cancel));
        File.Delete(_folder[$"client/{second.Id}/{ClientBuild.Initrd}"]);
        using var again = new ClientBuilds(_folder["client"], _documents, History(), _named.GetValueOrDefault);
        Assert.Single(again.Open());
        Assert.Equal([first.Id], again.List().Select(build => build.Id));
        Assert.Equal(first.Id, again.Current);
    }

    public void Dispose()
    {
        _documents.Dispose();
        _folder.Dispose();
    }

    private Task<string> MakeAsync(int number) => SampleBuild.MakeAsync(_folder["build" + number.ToString(System.Globalization.CultureInfo.InvariantCulture)], number, Cancel);

    private BootHistory History() => new(_documents, new EventHub(_documents), _time);

    private ClientBuilds Open()
    {
        var builds = new ClientBuilds(_folder["client"], _documents, History(), _named.GetValueOrDefault);
        Assert.Empty(builds.Open());
        return builds;
    }
}
