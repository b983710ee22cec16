using OsDeploy.Boot;
using OsDeploy.Lab.Pcs;

namespace OsDeploy.MachineTests.Boot;

/// <summary>The client image that was built before the tests.</summary>
internal static class ClientImageFiles
{
    public static string Folder { get; } = Environment.GetEnvironmentVariable("OSDEPLOY_CLIENT") ?? Path.GetFullPath($"{AppContext.BaseDirectory}/../../../client/current");

    /// <summary>Skips the test if it was not built.</summary>
    public static (ClientBuild Build, string Folder) OrSkip()
    {
        Assert.SkipUnless(Command.WhyMissing("qemu-system-x86_64") is null, "qemu-system-x86 is not installed");
        Assert.SkipUnless(File.Exists(Path.Combine(Folder, ClientBuild.Description)), "there is no client image: run ./build.sh client");
        return (ClientBuild.Load(Folder), Folder);
    }

    /// <summary>Its kernel on the serial line, with more parameters.</summary>
    public static PcKernel Kernel(params string[] parameters)
    {
        var (build, folder) = OrSkip();
        return new PcKernel(
            Path.Combine(folder, ClientBuild.Kernel),
            Path.Combine(folder, ClientBuild.Initrd),
            string.Join(' ', [build.CommandLine, "console=tty1", "console=ttyS0", .. parameters]));
    }
}
