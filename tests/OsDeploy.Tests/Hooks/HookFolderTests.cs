using OsDeploy.Api.Jobs;
using OsDeploy.Server.Hooks;
using Xunit;

namespace OsDeploy.Tests.Hooks;

public sealed class HookFolderTests : IDisposable
{
    private const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(JobKind.Capture, "before-capture", "after-capture")]
    [InlineData(JobKind.Restore, "before-batch", "after-batch")]
    [InlineData(JobKind.Erase, "before-batch", "after-batch")]
    public void Captures_have_hooks_of_their_own(JobKind kind, string before, string after) =>
        Assert.Equal((before, after), (HookName.Of(HookName.Before, kind), HookName.Of(HookName.After, kind)));

    [Fact]
    public async Task What_is_not_there_does_not_run() => Assert.Null(await RunAsync());

    [Fact]
    public async Task It_is_told_what_it_needs_and_has_nothing_of_the_daemons_environment()
    {
        Write("#!/bin/sh\nenv | sort\nexit 3\n");

        var run = await RunAsync(("HOSTS", "pc01 pc02"), ("KIND", "restore"));

        Assert.Equal(3, run?.ExitCode);
        var variables = run!.Output.Split('\n').Select(line => line.Split('=')[0]).Except(["PWD", "SHLVL", "_", "OLDPWD"]);
        Assert.Equal(["LC_ALL", "OSDEPLOY_HOSTS", "OSDEPLOY_KIND", "PATH"], variables);
        Assert.Contains("OSDEPLOY_HOSTS=pc01 pc02", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_it_says_steers_no_terminal_and_fills_no_disk()
    {
        Write("#!/bin/sh\nprintf 'begin\\n'\ni=0; while [ $i -lt 200 ]; do printf 'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\\n'; i=$((i+1)); done\nprintf '\\033[2Jend\\n'\n");

        var run = await RunAsync();

        Assert.Equal(HookFolder.MostOutput, run!.Output.Length);
        Assert.EndsWith("\n?[2Jend", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("begin", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(UnixFileMode.GroupWrite)]
    [InlineData(UnixFileMode.OtherWrite)]
    public async Task What_others_could_have_written_does_not_run(UnixFileMode more)
    {
        Write("#!/bin/sh\ntouch \"$(dirname \"$0\")/ran\"\n");
        File.SetUnixFileMode(_folder["check"], Owner | more);
        Assert.Contains("others than its owner may write", (await RunAsync())?.Output, StringComparison.Ordinal);

        File.SetUnixFileMode(_folder["check"], Owner);
        File.SetUnixFileMode(_folder.Path, Owner | more);
        Assert.Equal(-1, (await RunAsync())?.ExitCode);

        Assert.False(File.Exists(_folder["ran"]));
    }

    [Fact]
    public async Task What_is_no_program_says_so()
    {
        Write("echo hello\n");
        File.SetUnixFileMode(_folder["check"], UnixFileMode.UserRead);

        var run = await RunAsync();

        Assert.Equal(-1, run?.ExitCode);
        Assert.Contains("could not be started", run!.Output, StringComparison.Ordinal);
    }

    private Task<HookRun?> RunAsync(params (string Name, string Value)[] facts) =>
        new HookFolder(_folder.Path, TimeProvider.System).RunAsync("check", facts.ToDictionary(fact => fact.Name, fact => fact.Value), Cancel);

    private void Write(string script)
    {
        File.WriteAllText(_folder["check"], script);
        File.SetUnixFileMode(_folder["check"], Owner);
    }
}
