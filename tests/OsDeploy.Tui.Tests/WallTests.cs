using System.Runtime.CompilerServices;
using Xunit;

namespace OsDeploy.Tui.Tests;

public sealed class WallTests
{
    /// <summary>One thread, one frame at a time: what a view draws goes into the frame, and only the application sends it.</summary>
    [Fact]
    public void No_view_knows_the_terminal()
    {
        var sources = new[] { "Views", "ViewBase", "Input", "Drawing" }.SelectMany(folder => Directory.GetFiles(Path.Combine(Toolkit(), folder), "*.cs")).ToList();
        Assert.True(sources.Count > 60);
        Assert.All(sources, source => Assert.DoesNotMatch(@"\bITerminal\b|\.Terminal\b|\bConsole\.", File.ReadAllText(source)));
    }

    private static string Toolkit([CallerFilePath] string test = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(test)!, "../../tui/OsDeploy.Tui"));
}
