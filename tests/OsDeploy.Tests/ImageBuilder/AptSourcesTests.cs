using OsDeploy.ImageBuilder.Debian;
using Xunit;

namespace OsDeploy.Tests.ImageBuilder;

public sealed class AptSourcesTests
{
    private const string Lines =
        """
        # deb http://old.example/debian bookworm main
        deb http://mirror.example/debian bookworm main contrib # ours
        deb-src http://mirror.example/debian bookworm main
        deb [arch=amd64 signed-by=/usr/share/keyrings/a b.gpg] http://mirror.example/debian-security bookworm-security main
        deb http://mirror.example/flat ./
        """;

    private const string Paragraphs =
        """
        Types: deb deb-src
        # a remark
        URIs: http://mirror.example/debian
        Suites: bookworm
          bookworm-updates
        Components: main non-free-firmware
        Signed-By:
         -----BEGIN PGP PUBLIC KEY BLOCK-----
         URIs: http://evil.example/
         -----END PGP PUBLIC KEY BLOCK-----

        Enabled: no
        Types: deb
        URIs: http://off.example/debian
        Suites: bookworm
        Components: main

        types: deb
        uris: http://mirror.example/debian-security
        suites: bookworm-security
        components: main
        """;

    [Fact]
    public void Lines_are_read_without_remarks_options_and_sources_of_programs() => Assert.Equal(
        ["http://mirror.example/debian bookworm main,contrib", "http://mirror.example/debian-security bookworm-security main", "http://mirror.example/flat ./ "],
        Read("/etc/apt/sources.list", Lines));

    [Fact]
    public void Paragraphs_are_read_without_those_that_are_switched_off() => Assert.Equal(
        [
            "http://mirror.example/debian bookworm main,non-free-firmware",
            "http://mirror.example/debian bookworm-updates main,non-free-firmware",
            "http://mirror.example/debian-security bookworm-security main",
        ],
        Read("debian.sources", Paragraphs));

    [Fact]
    public void Mutated_lists_never_crash() => Seeded.Cases(2000, random =>
    {
        string Mutated(string text) => System.Text.Encoding.UTF8.GetString(Mutation.Of(System.Text.Encoding.UTF8.GetBytes(text), random));
        var sources = AptSources.Parse([("a.list", Mutated(Lines)), ("a.sources", Mutated(Paragraphs))]);
        Assert.All(sources, source => Assert.NotEmpty(source.Url));
    });

    [Theory]
    [InlineData("bookworm", "http://m.example/debian", "http://m.example/debian-security")]
    [InlineData("trixie", "https://m.example/mirrors/debian/", "https://m.example/mirrors/debian-security")]
    [InlineData("stable", "http://m.example/deb", null)]
    public void The_mirror_of_this_computer_has_our_release_too(string suite, string url, string? security) =>
        Assert.Equal(new DebianMirror(url.TrimEnd('/'), security), DebianMirror.Choose(null, [new AptSource(url, suite, ["main"])]));

    [Fact]
    public void Its_own_archive_of_security_is_used() => Assert.Equal(
        new DebianMirror("http://m.example/debian", "http://s.example/security"),
        DebianMirror.Choose(null, [
            new AptSource("http://u.example/ubuntu", "noble", ["main"]),
            new AptSource("http://m.example/debian", "bookworm-updates", ["main"]),
            new AptSource("http://m.example/debian", "bookworm", ["main"]),
            new AptSource("http://s.example/security", "bookworm-security", ["main"]),
        ]));

    [Theory]
    [InlineData("http://u.example/ubuntu", "noble", "main")]
    [InlineData("http://m.example/debian", "bookworm", "contrib")]
    [InlineData("cdrom:[Debian]/", "bookworm", "main")]
    public void Without_one_the_option_is_named(string url, string suite, string component)
    {
        var error = Assert.Throws<UserErrorException>(() => DebianMirror.Choose(null, [new AptSource(url, suite, [component])]));
        Assert.Equal("mirror-unknown", error.Code);
        Assert.Contains("--mirror", error.Hint, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://m.example/debian trixie main\ndeb http://evil.example/")]
    [InlineData("ftp://m.example/debian")]
    [InlineData("m.example")]
    [InlineData("http://m.example/[trusted=yes]")]
    public void A_wish_that_is_no_address_is_a_usage_error(string wish) =>
        Assert.Equal("usage-mirror", Assert.Throws<UserErrorException>(() => DebianMirror.Choose(wish, [])).Code);

    [Fact]
    public void Apt_is_told_of_the_release_its_updates_and_its_security()
    {
        var lines = DebianMirror.Choose("http://m.example/debian", []).ToSources().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(["trixie", "trixie-updates", "trixie-security"], lines.Select(line => line.Split(' ')[3]));
        Assert.All(lines, line => Assert.EndsWith(" main non-free-firmware", line, StringComparison.Ordinal));
        Assert.EndsWith("debian-security", lines[2].Split(' ')[2], StringComparison.Ordinal);
    }

    private static IEnumerable<string> Read(string name, string text) =>
        AptSources.Parse([(name, text)]).Select(source => $"{source.Url} {source.Suite} {string.Join(',', source.Components)}");
}
