using System.Text;
using OsDeploy.Boot;
using Xunit;

namespace OsDeploy.Tests.Boot;

public sealed class ClientBuildTests : IDisposable
{
    private const string CommandLine = "quiet panic=30";
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_build_comes_back_from_its_folder_as_it_was_described()
    {
        var build = await MakeAsync();
        var back = ClientBuild.Load(_folder.Path);
        Assert.Equal(build.ToBytes(), back.ToBytes());
        Assert.Matches("^[0-9a-f]{16}$", back.Id);
        await back.CheckAsync(_folder.Path, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task The_id_follows_from_every_file_and_the_command_line()
    {
        var ids = new HashSet<string> { (await MakeAsync()).Id };
        foreach (var name in ClientBuild.FileNames)
        {
            var before = await File.ReadAllTextAsync(_folder[name], TestContext.Current.CancellationToken);
            await File.WriteAllTextAsync(_folder[name], before + "!", TestContext.Current.CancellationToken);
            Assert.True(ids.Add((await DescribeAsync(CommandLine)).Id), name);
            await File.WriteAllTextAsync(_folder[name], before, TestContext.Current.CancellationToken);
        }

        Assert.True(ids.Add((await DescribeAsync("quiet")).Id));
        Assert.False(ids.Add((await DescribeAsync(CommandLine)).Id));
    }

    [Theory]
    [InlineData("\"format\": 1", "\"format\": 2", "client-build-format")]
    [InlineData("\"format\": 1", "\"format\": \"1\"", "client-build-damaged")]
    [InlineData("\"format\": 1", "\"format\": 1, \"format\": 1", "client-build-damaged")]
    [InlineData("\"format\": 1", "\"format\": 1, \"also\": true", "client-build-damaged")]
    [InlineData("\"name\": \"vmlinuz\"", "\"name\": \"../vmlinuz\"", "client-build-damaged")]
    [InlineData("\"name\": \"vmlinuz\"", "\"name\": \"/etc/passwd\"", "client-build-damaged")]
    [InlineData("\"name\": \"vmlinuz\"", "\"name\": \"initrd.img\"", "client-build-damaged")]
    [InlineData("\"name\": \"vmlinuz\"", "\"name\": \"vmlinuz\\u0000\"", "client-build-damaged")]
    [InlineData("\"name\": \"vmlinuz\"", "\"name\": null", "client-build-damaged")]
    [InlineData("\"name\": \"loaders/shimx64.efi\"", "\"name\": \"loaders/../shimx64.efi\"", "client-build-damaged")]
    [InlineData("\"size\": 7", "\"size\": -7", "client-build-damaged")]
    [InlineData("\"commandLine\": \"quiet", "\"commandLine\": \"quiet\\ninitrd", "client-build-damaged")]
    [InlineData("\"commandLine\": \"quiet", "\"commandLine\": \"quiet ${net0/ip}", "client-build-damaged")]
    [InlineData("\"commandLine\": \"quiet", "\"commandLine\": \"noisy", "client-build-damaged")]
    [InlineData("\"kernelVersion\": \"6.12", "\"kernelVersion\": \"$(6.12", "client-build-damaged")]
    public async Task A_description_that_contradicts_itself_is_refused(string part, string replacement, string code)
    {
        var text = Encoding.UTF8.GetString((await MakeAsync()).ToBytes());
        Assert.Contains(part, text, StringComparison.Ordinal);
        await File.WriteAllTextAsync(_folder[ClientBuild.Description], text.Replace(part, replacement, StringComparison.Ordinal), TestContext.Current.CancellationToken);
        Assert.Equal(code, Assert.Throws<UserErrorException>(() => ClientBuild.Load(_folder.Path)).Code);
    }

    [Fact]
    public async Task Missing_longer_linked_and_changed_files_are_noticed()
    {
        var build = await MakeAsync();
        await File.WriteAllTextAsync(_folder[ClientBuild.Initrd], "fourteen bytes", TestContext.Current.CancellationToken);
        Assert.Equal("client-build-damaged", Assert.Throws<UserErrorException>(() => ClientBuild.Load(_folder.Path)).Code);

        File.Delete(_folder[ClientBuild.Initrd]);
        Assert.Contains("initrd.img", Assert.Throws<UserErrorException>(() => ClientBuild.Load(_folder.Path)).Message, StringComparison.Ordinal);

        File.CreateSymbolicLink(_folder[ClientBuild.Initrd], _folder[ClientBuild.Kernel]);
        Assert.Equal("client-build-damaged", Assert.Throws<UserErrorException>(() => ClientBuild.Load(_folder.Path)).Code);

        File.Delete(_folder[ClientBuild.Initrd]);
        await File.WriteAllTextAsync(_folder[ClientBuild.Initrd], "INITRD.IMG", TestContext.Current.CancellationToken);
        Assert.Equal(build.Id, ClientBuild.Load(_folder.Path).Id);
        var changed = await Assert.ThrowsAsync<UserErrorException>(() => build.CheckAsync(_folder.Path, TestContext.Current.CancellationToken));
        Assert.Contains("initrd.img", changed.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_without_a_build_says_how_to_make_one()
    {
        var error = Assert.Throws<UserErrorException>(() => ClientBuild.Load(_folder.Path));
        Assert.Equal("client-build-missing", error.Code);
        Assert.Contains("./build.sh client", error.Hint, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_of_another_build_has_no_path()
    {
        var build = await MakeAsync();
        Assert.Throws<ArgumentException>(() => build.PathOf(_folder.Path, new ClientFile("../../etc/shadow", 1, new string('0', 64))));
    }

    [Fact]
    public async Task Mutated_descriptions_are_refused_or_the_same_but_never_crash()
    {
        var build = await MakeAsync();
        var good = build.ToBytes();
        Seeded.Cases(4000, random =>
        {
            try
            {
                var parsed = ClientBuild.Parse(Mutation.Of(good, random), "here");
                Assert.Equal(build.Id, parsed.Id);
                Assert.Equal(ClientBuild.FileNames, parsed.Files.Select(file => file.Name));
            }
            catch (UserErrorException e)
            {
                Assert.StartsWith("client-build-", e.Code, StringComparison.Ordinal);
            }
        });
    }

    private async Task<ClientBuild> MakeAsync()
    {
        Directory.CreateDirectory(_folder[ClientBuild.Loaders]);
        foreach (var name in ClientBuild.FileNames)
        {
            await File.WriteAllTextAsync(_folder[name], name, TestContext.Current.CancellationToken);
        }

        var build = await DescribeAsync(CommandLine);
        await File.WriteAllBytesAsync(_folder[ClientBuild.Description], build.ToBytes(), TestContext.Current.CancellationToken);
        return build;
    }

    private Task<ClientBuild> DescribeAsync(string commandLine) =>
        ClientBuild.DescribeAsync(_folder.Path, "6.12.117+deb13-amd64", commandLine, TestContext.Current.CancellationToken);
}
