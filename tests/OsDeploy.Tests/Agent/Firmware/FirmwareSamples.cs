namespace OsDeploy.Tests.Agent.Firmware;

/// <summary>The same variables as efibootmgr prints them, with tabs before the paths.</summary>
internal static class FirmwareSamples
{
    /// <summary>Of the EFI partition of a restored disk.</summary>
    public const string Guid = "95d3e8fb-a4a6-2341-9730-45adf4f76c36";

    /// <summary>Debian 12.</summary>
    public const string Version17 = """
        BootCurrent: 0003
        Timeout: 0 seconds
        BootOrder: 0001,0000,0003,0004,000A
        Boot0000* UiApp	FvVol(7cb8bdc9-f8eb-4f34-aaea-3ee4af6516a1)/FvFile(462caa21-7614-4503-836e-8ab6f4662331)
        Boot0001* Windows Boot Manager	HD(1,GPT,c6dc1e4e-6d7c-4f6e-a8a0-0d3c8a0d6f01,0x800,0x32000)/File(\EFI\Microsoft\Boot\bootmgfw.efi)WINDOWS.........x...B.C.D.
        Boot0003* UEFI PXEv4 (MAC:525400123456)	PciRoot(0x0)/Pci(0x2,0x0)/MAC(525400123456,1)/IPv4(0.0.0.00.0.0.0,0,0)N.....YM....R,Y.
        Boot0004* UEFI HTTPv4 (MAC:525400123456)	PciRoot(0x0)/Pci(0x2,0x0)/MAC(525400123456,1)/IPv4(0.0.0.00.0.0.0,0,0)/Uri()N.....YM....R,Y.
        Boot0005* USB 	Tab	PciRoot(0x0)/Pci(0x14,0x0)/USB(1,0)
        Boot000A  osdeploy LAB-1: debian	HD(2,GPT,11111111-2222-3333-4444-555555555555,0x800,0x32000)/File(\EFI\debian\shimx64.efi)
        """;

    /// <summary>Debian 13.</summary>
    public const string Version18 = """
        BootCurrent: 0003
        Timeout: 0 seconds
        BootOrder: 0001,0000,0003,0004,000A
        Boot0000* UiApp	FvVol(7cb8bdc9-f8eb-4f34-aaea-3ee4af6516a1)/FvFile(462caa21-7614-4503-836e-8ab6f4662331)
              dp: 04 07 14 00 c9 bd b8 7c eb f8 34 4f aa ea 3e e4 af 65 16 a1 / 7f ff 04 00
        Boot0001* Windows Boot Manager	HD(1,GPT,c6dc1e4e-6d7c-4f6e-a8a0-0d3c8a0d6f01,0x800,0x32000)/File(\EFI\Microsoft\Boot\bootmgfw.efi)57494e444f575300010000008800000078000000420043004400
              dp: 04 01 2a 00 01 00 00 00 00 08 00 00 00 00 00 00 / 7f ff 04 00
            data: 57 49 4e 44 4f 57 53 00
        Boot0003* UEFI PXEv4 (MAC:525400123456)	PciRoot(0x0)/Pci(0x2,0x0)/MAC(525400123456,1)/IPv4(0.0.0.00.0.0.0,0,0){auto_created_boot_option}
              dp: 02 01 0c 00 d0 41 03 0a 00 00 00 00 / 7f ff 04 00
            data: 4e ac 08 81
        Boot0004* UEFI HTTPv4 (MAC:525400123456)	PciRoot(0x0)/Pci(0x2,0x0)/MAC(525400123456,1)/IPv4(0.0.0.00.0.0.0,0,0)/Uri(){auto_created_boot_option}
        Boot0005* USB 	Tab	PciRoot(0x0)/Pci(0x14,0x0)/USB(1,0)
        Boot000A  osdeploy LAB-1: debian	HD(2,GPT,11111111-2222-3333-4444-555555555555,0x800,0x32000)/File(\EFI\debian\shimx64.efi)
        """;
}
