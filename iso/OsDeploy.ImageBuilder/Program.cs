using System.CommandLine;
using System.Globalization;
using OsDeploy.ImageBuilder.Appliance;
using OsDeploy.Text;

namespace OsDeploy.ImageBuilder;

/// <summary>Makes what PCs and the appliance are started with. Called by build.sh.</summary>
internal static class Program
{
    private const int UsualLevel = 19;

    private static async Task<int> Main(string[] arguments)
    {
        using var interruption = new CancellationTokenSource();
        Console.CancelKeyPress += (_, pressed) =>
        {
            pressed.Cancel = true;
            interruption.Cancel();
        };
        try
        {
            return await CommandLine().Parse(arguments).InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null }, interruption.Token);
        }
        catch (UserErrorException e)
        {
            await Console.Error.WriteLineAsync($"{e.Message}   [{e.Code}]\n{e.Hint}");
            return e.Code.StartsWith("usage-", StringComparison.Ordinal) ? 2 : 1;
        }
        catch (OperationCanceledException)
        {
            await Console.Error.WriteLineAsync("Cancelled.");
            return 130;
        }
    }

    private static RootCommand CommandLine()
    {
        var mirror = new Option<string?>("--mirror") { Description = "Mirror of Debian; else that of this computer.", HelpName = "URL" };
        var level = new Option<int>("--level") { Description = "How hard zstd tries, 1 to 19; 19 gives what schools get.", DefaultValueFactory = _ => UsualLevel };
        var refresh = new Option<bool>("--refresh") { Description = "Ask the mirror for newer packages." };
        var medium = new Option<bool>("--iso") { Description = "Make osdeploy-client.iso as well, for PCs that cannot be started over the network." };
        var definition = new Option<string>("--definition") { Description = "Folder with the lists.", DefaultValueFactory = _ => "iso/client" };
        var artifacts = new Option<string>("--artifacts") { Description = "Folder with the program, which gets the build.", DefaultValueFactory = _ => "artifacts" };
        level.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 1 or > UsualLevel)
            {
                result.AddError("--level is a number from 1 to 19.");
            }
        });
        var client = new System.CommandLine.Command("client", "Makes the client image.") { mirror, level, refresh, medium, definition, artifacts };
        client.SetAction(async (parsed, cancel) =>
        {
            var folder = Path.GetFullPath(parsed.GetValue(artifacts)!);
            await BuildAsync(
                new BuildOptions(
                    Path.GetFullPath(parsed.GetValue(definition)!),
                    Path.Combine(folder, "program"),
                    Path.Combine(folder, "cache"),
                    Path.Combine(folder, "client"),
                    parsed.GetValue(mirror),
                    parsed.GetValue(level),
                    parsed.GetValue(refresh),
                    parsed.GetValue(medium)),
                cancel);
            return 0;
        });
        return new RootCommand("Makes what PCs and the appliance are started with.") { client, Appliance(mirror, level, refresh, artifacts) };
    }

    private static System.CommandLine.Command Appliance(Option<string?> mirror, Option<int> level, Option<bool> refresh, Option<string> artifacts)
    {
        var definition = new Option<string>("--definition") { Description = "Folder with the lists.", DefaultValueFactory = _ => "iso/appliance" };
        var version = new Option<string>("--build-version") { Description = "What this build is called.", HelpName = "TEXT", DefaultValueFactory = _ => "development" };
        var counter = new Option<long>("--counter") { Description = "Grows with every version: seconds of the commit's time.", HelpName = "N", DefaultValueFactory = _ => 1 };
        var key = new Option<string?>("--sign-key") { Description = "Private key (PEM, P-256) that signs it; else one that is drawn on this computer.", HelpName = "FILE" };
        var appliance = new System.CommandLine.Command("appliance", "Makes osdeploy.iso, the whole appliance.") { mirror, level, refresh, definition, artifacts, version, counter, key };
        appliance.SetAction(async (parsed, cancel) =>
        {
            RequireRoot();
            var options = new ApplianceOptions(
                Path.GetFullPath(parsed.GetValue(definition)!),
                Path.GetFullPath(parsed.GetValue(artifacts)!),
                parsed.GetValue(mirror),
                parsed.GetValue(level),
                parsed.GetValue(refresh),
                parsed.GetValue(version)!,
                parsed.GetValue(counter),
                parsed.GetValue(key) is { } file ? Path.GetFullPath(file) : null);
            var made = await new ApplianceImage(options, Console.WriteLine).BuildAsync(cancel);
            Console.WriteLine($"The appliance: {Printable.Of(made)}, {Sizes.Of(new FileInfo(made).Length)}");
            return 0;
        });
        return appliance;
    }

    private static void RequireRoot()
    {
        if (!Environment.IsPrivilegedProcess)
        {
            throw Errors.NeedsRoot();
        }
    }

    private static async Task BuildAsync(BuildOptions options, CancellationToken cancel)
    {
        RequireRoot();
        var (build, folder) = await ClientImage.BuildAsync(options, Console.WriteLine, cancel);
        var sizes = build.Files.ToDictionary(file => file.Name, file => file.Size);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Client build {build.Id}: kernel {Sizes.Of(sizes[Boot.ClientBuild.Kernel])}, initrd {Sizes.Of(sizes[Boot.ClientBuild.Initrd])}, in {Printable.Of(folder)}"));
        if (options.Medium)
        {
            var made = await ClientImage.BuildMediumAsync(options, build, folder, Console.WriteLine, cancel);
            Console.WriteLine($"For sticks and discs: {Printable.Of(made)}, {Sizes.Of(new FileInfo(made).Length)}");
        }
    }
}
