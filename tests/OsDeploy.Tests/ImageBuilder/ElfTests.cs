using OsDeploy.ImageBuilder.Tree;
using Xunit;

namespace OsDeploy.Tests.ImageBuilder;

public sealed class ElfTests
{
    // Every Debian has it, and it needs libraries.
    private const string Program = "/bin/ls";

    [Fact]
    public void A_program_names_its_loader_and_its_libraries()
    {
        var elf = Elf.TryRead(File.ReadAllBytes(Program));
        Assert.NotNull(elf);
        Assert.StartsWith("/lib64/ld-linux", elf.Interpreter, StringComparison.Ordinal);
        Assert.Contains("libc.so.6", elf.Needed);
        Assert.Contains(elf.Needed, name => name.StartsWith("libselinux", StringComparison.Ordinal) || name.StartsWith("libcap", StringComparison.Ordinal));
    }

    [Fact]
    public void A_script_is_no_such_file() => Assert.Null(Elf.TryRead("#!/bin/sh\necho this is a script that is longer than the header of a program\n"u8));

    [Fact]
    public void Damaged_programs_give_something_or_nothing_but_never_crash()
    {
        var good = File.ReadAllBytes(Program);
        Seeded.Cases(300, random =>
        {
            var bytes = Mutation.Of(good, random);
            for (var i = 0; i < 8 && bytes.Length > 4096; i++)
            {
                bytes[random.Next(5, 4096)] = (byte)random.Next(256);
            }

            _ = Elf.TryRead(bytes);
        });
    }
}
